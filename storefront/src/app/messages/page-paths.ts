import {
  inject,
  onBeforeUnmount,
  onMounted,
  shallowRef,
  watch,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import type { Language } from './language';

/** The paths of the page in each language, where they differ by more than the prefix. */
export type PagePaths = Readonly<Partial<Record<Language, string>>>;

export const pagePathsKey: InjectionKey<ShallowRef<PagePaths | null>> = Symbol('paths of the page');

export const makePagePaths = (): ShallowRef<PagePaths | null> => shallowRef(null);

/** Null for a page whose paths differ by the prefix alone, and until the page is there. */
export function usePagePaths(): ShallowRef<PagePaths | null> {
  return inject(pagePathsKey, makePagePaths, true);
}

/**
 * Tells the shell the paths of this page. Once it is mounted: the header is drawn before the page, on the server and in
 * the browser alike. Until then its links lead to the page by a redirect.
 */
export function tellPagePaths(paths: () => PagePaths | null): void {
  const told = usePagePaths();
  onMounted(() => watch(paths, (now) => (told.value = now), { immediate: true }));
  onBeforeUnmount(() => (told.value = null));
}
