import { parseQuery, stringifyQuery } from 'vue-router';
import type { LocationQueryRaw } from 'vue-router';
import type { FilterField, ListColumn } from '../ui/lists/list';
import { readListState, writeListState } from '../ui/lists/useListState';
import type { ListSpec } from '../ui/lists/useListState';

type Spec = ListSpec<string, string>;

/** The tab of the whole list, where a default view would be opened otherwise. */
export const ALL = 'all';

/** Parts of every address that a view does not keep: which page is open, and which view it came from. */
const PLACE = ['after', 'before', 'view'];
const OF_EVERY_LIST = ['q', 'sort', 'size', 'columns', ...PLACE];

/** What a view keeps of an address. Parts that this list does not know are kept as well. */
export function addressOf(query: LocationQueryRaw): string {
  return stringifyQuery(Object.fromEntries(Object.entries(query).filter(([key]) => !PLACE.includes(key))));
}

export const queryOf = (address: string): LocationQueryRaw => parseQuery(address);

/** Whether two addresses show the same list: their order and parts that the list does not know do not matter. */
export function isSameView(one: string, other: string, spec: Spec): boolean {
  const read = (address: string): string => {
    const { view: _view, ...state } = readListState(parseQuery(address), spec);
    return stringifyQuery(writeListState({ ...state, after: undefined, before: undefined }, spec));
  };
  return read(one) === read(other);
}

/** What a list knows: a view may hold more. */
export interface Known {
  readonly spec: Spec;
  readonly fields: readonly FilterField[];
  readonly columns: readonly ListColumn[];
}

/**
 * Parts an address into what the list has and what it does not have: filters, columns and an order of another version or
 * of a plugin that is gone, and choices that no longer exist; these as a person may read them.
 */
export function knownParts(address: string, known: Known): { kept: string; lost: string[] } {
  const kept: LocationQueryRaw = {};
  const lost: string[] = [];
  for (const [key, value] of Object.entries(parseQuery(address))) {
    const values = String((Array.isArray(value) ? value[0] : value) ?? '').split(',');
    const { has, title } = partOf(key, known);
    const [good, bad] = [values.filter(has), values.filter((one) => one && !has(one))];
    if (good.length > 0) kept[key] = good.join(',');
    lost.push(...bad.map((one) => (title ? `${title}: ${one}` : one)));
  }
  return { kept: stringifyQuery(kept), lost };
}

interface Part {
  readonly title: string;
  readonly has: (value: string) => boolean;
}

function partOf(key: string, { spec, fields, columns }: Known): Part {
  if (key === 'sort') return { title: key, has: (value) => spec.sorts.includes(value) };
  if (key === 'columns') return { title: '', has: (value) => columns.some((column) => column.key === value) };
  if (OF_EVERY_LIST.includes(key)) return { title: key, has: () => true };
  const field = fields.find((candidate) => candidate.key === key);
  if (!field) return { title: key, has: () => false };
  const { label, choices } = field;
  // Choices that are still being fetched are none yet.
  return {
    title: label,
    has: (value) => !choices?.length || choices.some((choice) => choice.value === value),
  };
}
