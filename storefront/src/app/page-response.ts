import { inject, type InjectionKey } from 'vue';

/** The HTTP response status and headers that a page sets. Used by the renderer on the server, ignored in the browser. */
export interface PageResponse {
  status: number;
  redirect: string | null;
  /** True for pages about one person: never cached, never indexed. */
  isPrivate: boolean;
  /** What the parameters of the page's address may say: each name with its values. Null where the page reads none. */
  values: Record<string, string[]> | null;
}

export const pageResponseKey: InjectionKey<PageResponse> = Symbol('page response');

export function makePageResponse(): PageResponse {
  return { status: 200, redirect: null, isPrivate: false, values: null };
}

export function usePageResponse(): PageResponse {
  return inject(pageResponseKey, makePageResponse, true);
}
