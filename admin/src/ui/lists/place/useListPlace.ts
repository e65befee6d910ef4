import { nextTick, onBeforeUnmount, watch } from 'vue';
import type { Ref } from 'vue';
import { onBeforeRouteLeave, useRoute } from 'vue-router';
import { keepRows, keepTop, rowLeftForList, topOf } from './last-list';

/** Stores the rows of a list for the links to previous and next, and its scroll position and its row for the return. */
export function useListPlace(root: Ref<HTMLElement | null>, rows: () => readonly { id: string }[]): void {
  const route = useRoute();
  const list = String(route.name);
  let address = route.fullPath;
  let isBack = false;

  watch(
    () => route.name === list && route.fullPath,
    (now) => now && (address = now),
  );
  const stop = watch(
    rows,
    (now) => {
      keepRows(
        list,
        now.map(({ id }) => id),
      );
      if (now.length === 0 || isBack) return;
      isBack = true;
      const top = topOf(address);
      const left = rowLeftForList();
      void nextTick(() => {
        if (top > 0) scrollerOf(root.value)?.scrollTo({ top });
        if (left) focusRow(root.value, left);
      });
    },
    { immediate: true },
  );
  onBeforeRouteLeave(() => keepTop(address, scrollerOf(root.value)?.scrollTop ?? 0));
  onBeforeUnmount(stop);
}

/** Whoever works through a list by keyboard goes on where they were, not at the top of the page. */
function focusRow(root: HTMLElement | null, id: string): void {
  const link = root?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] a`);
  const now = document.activeElement ?? document.body;
  if (!link || (now !== document.body && !now.matches('h1'))) return;
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: 'nearest' });
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let place = element; place; place = place.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(place).overflowY)) return place;
  }
  return null;
}
