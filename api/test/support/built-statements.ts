import type { CategoryNode, ReferenceData } from '../../src/domains/catalog/catalog-lookup.js';
import { choiceConditions } from '../../src/domains/catalog/listing/facets.js';
import { matchingStatement } from '../../src/domains/catalog/listing/matching-variants.js';
import { narrow, ON_SALE, type Narrowed } from '../../src/domains/catalog/listing/product-conditions.js';
import { countStatement } from '../../src/domains/catalog/listing/product-count.js';
import type {
  ProductFilter,
  StaffProductFilter,
} from '../../src/domains/catalog/listing/product-filter.input.js';
import {
  pageStatement,
  type SortName,
  type Values,
} from '../../src/domains/catalog/listing/product-query.js';
import { searchText } from '../../src/domains/catalog/listing/search-text.js';
import {
  STAFF_SOURCES,
  staffConditions,
  staffCountStatement,
} from '../../src/domains/catalog/products/staff-product-list.js';

const SORTS: readonly SortName[] = [
  'NEWEST',
  'OLDEST',
  'UPDATED_DESC',
  'UPDATED_ASC',
  'PRICE_ASC',
  'PRICE_DESC',
  'NAME_ASC',
  'NAME_DESC',
  'RELEVANCE',
];
const ID = '01890000-0000-7000-8000-000000000000';
const EITHER = [false, true];

const attributes = ['a', 'b', 'c', 'd', 'e'].map((code) => ({
  ...{ id: ID, code, name: {}, kind: code === 'e' ? 'NUMBER' : 'ENUM', filterable: true },
  values: [{ id: ID, code: 'x', name: {}, swatch: null, formerCodes: [] }],
}));
const reference = {
  categoryBySlug: new Map([['mugs', { id: ID } as CategoryNode]]),
  tagBySlug: new Map([['new', { id: ID, slug: 'new', name: {} }]]),
  attributeByCode: new Map(attributes.map((attribute) => [attribute.code, attribute])),
} as unknown as ReferenceData;

/** Every way to narrow the list by its facets; from four chosen attributes on all have one text. */
const choices: readonly ProductFilter[] = EITHER.flatMap((priced) =>
  EITHER.flatMap((tagged) =>
    EITHER.flatMap((inStock) =>
      [0, 1, 2, 3, 4].map((chosen) => ({
        ...(priced && { priceMin: 100 }),
        ...(tagged && { tags: ['new'] }),
        inStock,
        attributes: attributes.slice(0, chosen).map(({ code }) => ({ code, values: ['x'] })),
      })),
    ),
  ),
);
const names = { ids: ['prod_unknown'], skus: ['A-1'], categories: ['mugs'] };
const otherFilters: readonly ProductFilter[] = [
  { category: 'mugs' },
  { featured: true },
  { ids: names.ids },
  { skus: names.skus },
  { categories: names.categories },
  { category: 'mugs', featured: true, ...names, ...choices.at(-1) },
  { attributes: [{ code: 'e', min: 1.5 }] },
  {
    attributes: [
      { code: 'a', values: ['x'] },
      { code: 'e', max: 7 },
    ],
  },
];
const staffFilters: readonly StaffProductFilter[] = [
  {},
  { statuses: ['DRAFT'] as StaffProductFilter['statuses'] },
  { availabilities: ['SOLD_OUT'] as StaffProductFilter['availabilities'] },
  { category: 'mugs' },
  { tag: 'new' },
  { updatedFrom: new Date(0) },
  { updatedTo: new Date(0) },
  names,
];

function narrowed(filter: ProductFilter, term: string | null): Narrowed {
  const found = narrow(filter, searchText(term), reference);
  if (!found) throw new Error('The category of a planted filter is unknown');
  return found;
}

type List = Pick<Parameters<typeof pageStatement>[0], 'search' | 'sources' | 'scope' | 'conditions'>;

const FIRST_PAGE = { size: 24, backward: false, cursor: null };

function declareEveryOrder(list: List): void {
  for (const sort of SORTS)
    for (const backward of EITHER)
      for (const cursor of [null, { value: null, id: ID }])
        if (list.search || sort !== 'RELEVANCE')
          pageStatement({ ...list, sort, page: { ...FIRST_PAGE, backward, cursor } });
}

/**
 * Declares the statements of the lists of products, whose texts are built when they are first used: all sorts and
 * directions, each filter alone and all of them together, with a search and without.
 */
export function declareBuiltStatements(): void {
  for (const term of [null, 'mug']) {
    for (const filter of [...choices, ...otherFilters]) {
      const { search, choice, base } = narrowed(filter, term);
      const conditions = (values: Values): string[] => [...base(values), ...choiceConditions(choice, values)];
      const list = { search, scope: ON_SALE, conditions };
      pageStatement({ ...list, sort: 'NEWEST', page: FIRST_PAGE });
      if (filter === choices[0]) declareEveryOrder(list);
      for (const withFacets of EITHER)
        for (const withNumbers of EITHER)
          countStatement({ search, choice, base }, withFacets, withFacets && withNumbers);
      matchingStatement([ID], choice);
    }
    for (const filter of staffFilters) {
      const conditions = staffConditions(filter, reference);
      const list = { search: searchText(term), sources: STAFF_SOURCES, scope: 'true', conditions };
      pageStatement({ ...list, sort: 'NEWEST', page: FIRST_PAGE });
      if (filter === staffFilters[0]) declareEveryOrder(list);
      staffCountStatement(list.search, conditions);
    }
  }
}
