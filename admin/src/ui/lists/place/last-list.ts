import { ofThisTab } from '@vitrine/client/storage';
import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router';

const slotOf = (list: string): string => `vitrine-admin-list-${list}`;
const rows = new Map<string, readonly string[]>();
const tops = new Map<string, number>();
let cameFromRow = false;
let rowLeft: string | null = null;

const isList = ({ name, params }: RouteLocationNormalized): boolean =>
  typeof name === 'string' && Object.keys(params).length === 0;

/** Remembers the last address of each list, which holds search, filters, order and page. */
export function rememberLists(router: Router): void {
  router.afterEach((to, from) => {
    cameFromRow = !isList(from) && from.name !== undefined;
    rowLeft = cameFromRow ? String(from.params['id'] ?? '') || null : null;
    if (isList(to)) ofThisTab.set(slotOf(String(to.name)), to.fullPath);
  });
}

/** The last address of a list. */
export function backTo(place: RouteLocationRaw): RouteLocationRaw {
  if (typeof place === 'string' || !('name' in place) || place.params || place.query) return place;
  return ofThisTab.get(slotOf(String(place.name))) ?? place;
}

/** The scroll position of the list at this address, restored when the user returns from one of its rows. */
export const topOf = (address: string): number => (cameFromRow ? (tops.get(address) ?? 0) : 0);
export const keepTop = (address: string, top: number): void => void tops.set(address, top);

/** The row whose page was left for this list; null when the user came from elsewhere. */
export const rowLeftForList = (): string | null => rowLeft;

/** The current rows of the list, in order. */
export const keepRows = (list: string, ids: readonly string[]): void => void rows.set(list, ids);

/** The rows before and after a row in its list; both absent when the list was not open. */
export function neighboursOf(list: string, id: string): { previous?: string; next?: string } {
  const ids = rows.get(list) ?? [];
  const at = ids.indexOf(id);
  return at < 0 ? {} : { previous: ids[at - 1], next: ids[at + 1] };
}
