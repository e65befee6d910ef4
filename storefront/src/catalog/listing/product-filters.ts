import { everyValueOf } from '@vitrine/client/every-value';
import { currencyExponent } from '@vitrine/client/money';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { ProductFilter, ProductSort } from '../../generated/catalog/graphql';

/**
 * The filters that are on or off, each with its name in the address. Another one needs a line here and its label
 * `filter.<name>` in the messages: panel, chips, address and request follow.
 */
const SWITCHES = { inStock: 'stock' } as const satisfies Partial<Record<keyof ProductFilter, string>>;
export type Switch = keyof typeof SWITCHES;
export const switches = Object.keys(SWITCHES) as Switch[];

export interface NumberRange {
  min: number | null;
  max: number | null;
}

/** The filters of a list. Prices are in major units of the shop's currency, with its decimals. */
export interface ListingChoice extends Record<Switch, boolean> {
  attributes: Record<string, string[]>;
  /** Of numbers, in the unit of their attribute; null for no end. */
  ranges: Record<string, NumberRange>;
  tags: string[];
  priceMin: number | null;
  priceMax: number | null;
  sort: ProductSort | null;
}

interface NamedFacet {
  code: string;
  values: readonly { code: string; formerCodes: readonly string[] }[];
}

const sorts = everyValueOf<ProductSort>({
  RELEVANCE: true,
  NEWEST: true,
  PRICE_ASC: true,
  PRICE_DESC: true,
  NAME_ASC: true,
});
const eachSwitch = (isOn: (name: Switch) => boolean): Record<Switch, boolean> =>
  Object.fromEntries(switches.map((name) => [name, isOn(name)])) as Record<Switch, boolean>;

/** Every filter off. */
export const noFilter = {
  attributes: {},
  ranges: {},
  tags: [],
  priceMin: null,
  priceMax: null,
  ...eachSwitch(() => false),
} satisfies Omit<ListingChoice, 'sort'>;

// Attributes have a prefix, so that `?fbclid=…` of an advertisement is not taken for one.
const ATTRIBUTE = 'f.';
/** A range of numbers, `n.height=5..20`, of which one end may be missing. */
const NUMBER = 'n.';
/** The API's limit. */
const MOST_ATTRIBUTES = 8;
const LONGEST_TERM = 100;

/** What is searched for; empty if nothing is. No character is cut in two, because the API takes whole ones only. */
export function readTerm({ q }: LocationQuery): string {
  if (typeof q !== 'string') return '';
  const cut = q.trim().slice(0, LONGEST_TERM);
  return cut.replace(/[\uD800-\uDBFF]$/, '').trim();
}

/** Filters in an order of their own, so that one choice has one address and one look, however it was made. */
export function readChoice(query: LocationQuery): ListingChoice {
  const attributes = Object.keys(query)
    .filter((name) => name.startsWith(ATTRIBUTE))
    .sort()
    .map((name) => [name.slice(ATTRIBUTE.length), listIn(query, name)] as const)
    .filter(([code, values]) => code && values.length)
    .slice(0, MOST_ATTRIBUTES);
  const ranges = Object.keys(query)
    .filter((name) => name.startsWith(NUMBER))
    .sort()
    .map((name) => [name.slice(NUMBER.length), rangeIn(query, name)] as const)
    .filter((entry): entry is [string, NumberRange] => entry[0] !== '' && entry[1] !== null)
    .slice(0, MOST_ATTRIBUTES - attributes.length);
  return {
    attributes: Object.fromEntries(attributes),
    ranges: Object.fromEntries(ranges),
    tags: listIn(query, 'tag'),
    priceMin: priceIn(query, 'min'),
    priceMax: priceIn(query, 'max'),
    ...eachSwitch((name) => query[SWITCHES[name]] === '1'),
    sort: sorts.find((sort) => sort.toLowerCase() === query.sort) ?? null,
  };
}

/** The query of the filters. Empty filters are left out, and a change always removes `after`. */
export function writeChoice(choice: ListingChoice): LocationQueryRaw {
  const query: LocationQueryRaw = {};
  for (const [code, values] of Object.entries(choice.attributes)) {
    if (values.length) query[ATTRIBUTE + code] = values.join(',');
  }
  for (const [code, { min, max }] of Object.entries(choice.ranges)) {
    if (min !== null || max !== null) query[NUMBER + code] = `${min ?? ''}..${max ?? ''}`;
  }
  if (choice.tags.length) query.tag = choice.tags.join(',');
  if (choice.priceMin !== null) query.min = String(choice.priceMin);
  if (choice.priceMax !== null) query.max = String(choice.priceMax);
  for (const name of switches) if (choice[name]) query[SWITCHES[name]] = '1';
  if (choice.sort) query.sort = choice.sort.toLowerCase();
  return query;
}

/** @param currency the shop's; null when it could not be loaded, then prices are not filtered */
export function toProductFilter(
  choice: ListingChoice,
  currency: string | null,
  category?: string,
): ProductFilter {
  const { priceMin, priceMax } = currency ? choice : { priceMin: null, priceMax: null };
  const minor = (price: number): number => Math.round(price * 10 ** currencyExponent(currency ?? ''));
  const attributes = [
    ...Object.entries(choice.attributes).map(([code, values]) => ({ code, values })),
    ...Object.entries(choice.ranges).map(([code, range]) => ({ code, ...range })),
  ];
  return {
    ...(category ? { category } : {}),
    ...(choice.tags.length ? { tags: choice.tags } : {}),
    ...(attributes.length ? { attributes } : {}),
    ...(priceMin !== null ? { priceMin: minor(priceMin) } : {}),
    ...(priceMax !== null ? { priceMax: minor(priceMax) } : {}),
    ...Object.fromEntries(switches.filter((name) => choice[name]).map((name) => [name, true])),
  };
}

/** Toggles a facet's value. The facet "tag" contains the tags. */
export function withToggled(choice: ListingChoice, facet: string, value: string): ListingChoice {
  if (facet === 'tag') return { ...choice, tags: toggled(choice.tags, value) };
  const values = toggled(choice.attributes[facet] ?? [], value);
  const { [facet]: _dropped, ...others } = choice.attributes;
  return { ...choice, attributes: values.length ? { ...others, [facet]: values } : others };
}

/**
 * The same filters by the present names of tags and values, where the address has former ones: those of tags that were
 * renamed, or merged into another. Null where all are present ones.
 */
export function withPresentNames(choice: ListingChoice, facets: readonly NamedFacet[]): ListingChoice | null {
  const renamed = (facet: string, values: readonly string[]): string[] => {
    const known = facets.find(({ code }) => code === facet)?.values ?? [];
    const present = (value: string): string =>
      known.some(({ code }) => code === value)
        ? value
        : (known.find(({ formerCodes }) => formerCodes.includes(value))?.code ?? value);
    return [...new Set(values.map(present))].sort();
  };
  const next = {
    ...choice,
    tags: renamed('tag', choice.tags),
    attributes: Object.fromEntries(
      Object.entries(choice.attributes).map(([code, values]) => [code, renamed(code, values)]),
    ),
  };
  return JSON.stringify(next) === JSON.stringify(choice) ? null : next;
}

/** The values that a list can be filtered by, former names among them, under the names of the parameters in its address. */
export function valuesOfFacets(facets: readonly NamedFacet[]): Record<string, string[]> {
  return Object.fromEntries(
    facets.map(({ code, values }) => [
      code === 'tag' ? code : ATTRIBUTE + code,
      values.flatMap((value) => [value.code, ...value.formerCodes]),
    ]),
  );
}

export function isNarrowed(choice: ListingChoice): boolean {
  return Object.keys(writeChoice({ ...choice, sort: null })).length > 0;
}

function toggled(values: string[], value: string): string[] {
  return values.includes(value) ? values.filter((known) => known !== value) : [...values, value];
}

function listIn(query: LocationQuery, name: string): string[] {
  const text = query[name];
  return typeof text === 'string' ? [...new Set(text.split(',').filter(Boolean))].sort().slice(0, 20) : [];
}

/** "5..20", "5.." or "..20"; null for anything else. */
function rangeIn(query: LocationQuery, name: string): NumberRange | null {
  const text = query[name];
  const ends = /^(-?\d{1,9}(?:\.\d{1,4})?)?\.\.(-?\d{1,9}(?:\.\d{1,4})?)?$/.exec(
    typeof text === 'string' ? text : '',
  );
  const [min, max] = [ends?.[1], ends?.[2]].map((end) => (end === undefined ? null : Number(end)));
  return min == null && max == null ? null : { min: min ?? null, max: max ?? null };
}

/** The same filters with another range of one attribute; without any end it narrows nothing. */
export function withRange(choice: ListingChoice, code: string, range: NumberRange): ListingChoice {
  const { [code]: _dropped, ...others } = choice.ranges;
  const isOpen = range.min === null && range.max === null;
  return { ...choice, ranges: isOpen ? others : { ...others, [code]: range } };
}

/** A typed number: null for an empty field, undefined for what is none. */
export function readNumber(typed: string): number | null | undefined {
  const text = typed.trim().replace(',', '.');
  if (text === '') return null;
  return /^-?\d{1,9}(\.\d{1,4})?$/.test(text) ? Number(text) : undefined;
}

function priceIn(query: LocationQuery, name: string): number | null {
  const text = query[name];
  return typeof text === 'string' && /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
}

/**
 * Parses a typed price: "100,50", "1.289", "1,289.50 RON", "1 289 lei". Null for an empty field, undefined for
 * an invalid price of this currency. A point or comma before exactly three digits separates thousands, otherwise
 * decimals; in a currency with three decimals a lone one separates those.
 */
export function readPrice(typed: string, currency: string): number | null | undefined {
  const signs = new RegExp(`lei|ron|eur|${currency}|\\p{Sc}|[\\s\u00a0\u202f'’]`, 'giu');
  const text = typed.replace(signs, '');
  if (text === '') return null;
  const exponent = currencyExponent(currency);
  const isGrouped = exponent === 0 || /^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(text);
  const decimals = isGrouped ? '' : `(?:[.,](\\d{1,${exponent}}))?`;
  const match = new RegExp(`^(\\d+(?:[.,]\\d{3})*${exponent === 3 ? '?' : ''})${decimals}$`).exec(text);
  if (!match) return undefined;
  const units = (match[1] ?? '').replace(/[.,]/g, '');
  return units.length > 9 ? undefined : Number(`${units}.${match[2] ?? 0}`);
}
