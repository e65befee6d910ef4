import { localized } from '../../../kernel/languages.js';
import { Role } from '../../../platform/graphql/roles.js';
import { statement, t } from '../../../platform/database/database.js';
import {
  StaffProductFilter,
  StaffProductList,
  StaffProductSort,
  type ProductRow,
  type StaffListArguments,
} from '../../catalog/index.js';
import { amountColumn, momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

interface Beside {
  readonly variants: ReadonlyMap<string, { skus: string; onHand: number }>;
  readonly categories: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

type Query = NonNullable<StaffListArguments['filter']> & Pick<StaffListArguments, 'search'>;

const variantsOfProducts = statement('listExports.variants-of-products', {
  params: { ids: t.uuids },
  row: { productId: t.uuid, skus: t.text, onHand: t.int },
  sql: `SELECT v.product_id AS "productId", string_agg(v.sku, '; ' ORDER BY v.position, v.id) AS skus,
     sum(coalesce((SELECT sum(s.on_hand) FROM stock_level s JOIN stock_location l ON l.id = s.location_id AND l.active
       WHERE s.variant_id = v.id), 0))::int AS "onHand"
   FROM variant v WHERE v.product_id = ANY(:ids::uuid[]) AND v.deleted_at IS NULL GROUP BY v.product_id`,
});

const price = (description: string, pick: (row: ProductRow) => number) =>
  amountColumn<ProductRow, Beside>(description, (row) => ({ amount: pick(row), currency: row.currency }));

export const productExport = coreExport<ProductRow, Query, Beside>({
  name: 'Product',
  rows: 'products',
  role: Role.SUPPORT,
  permission: 'CATALOG_READ',
  search: 200,
  filter: StaffProductFilter,
  sorts: StaffProductSort,
  first: 'the latest first',
  query: (search, filter: Query | null | undefined) => ({ ...filter, search: search ?? null }),
  moments: ['updatedFrom', 'updatedTo'],
  columns: {
    NAME: typedColumn('The name, in the first language of the shop.', ({ name }, { language }) =>
      localized(name, language, language),
    ),
    SLUG: typedColumn('The end of its address in the shop.', ({ slug }) => slug),
    STATUS: plainColumn('Whether it is on sale.', ({ status }) => status),
    CATEGORY: typedColumn('Its main category.', ({ mainCategoryId }, { more }) =>
      more.categories.get(mainCategoryId ?? ''),
    ),
    TAGS: typedColumn('Its tags.', ({ tagIds }, { more }) =>
      tagIds.flatMap((id) => more.tags.get(id) ?? []).join('; '),
    ),
    SKUS: typedColumn('The SKUs of its variants.', ({ id }, { more }) => more.variants.get(id)?.skus),
    AVAILABILITY: plainColumn('Whether it can be had.', ({ availability }) => availability),
    QUANTITY: plainColumn(
      'Units on hand of all its variants.',
      ({ id }, { more }) => more.variants.get(id)?.onHand ?? 0,
    ),
    PRICE_FROM: price('The lowest price of its variants, with tax.', ({ minPrice }) => minPrice),
    PRICE_TO: price('The highest price of its variants, with tax.', ({ maxPrice }) => maxPrice),
    CURRENCY: plainColumn('The currency of the prices.', ({ currency }) => currency),
    FEATURED: plainColumn('Whether the shop shows it first.', ({ featured }) => featured),
    CREATED_AT: momentColumn('When it was made.', ({ createdAt }) => createdAt),
    UPDATED_AT: momentColumn('When it last changed.', ({ updatedAt }) => updatedAt),
  },
  read: ({ database, cursors, reference }) => {
    const list = new StaffProductList(database, reference, cursors);
    return {
      page: ({ search, ...filter }, sort, page) =>
        list.products({ ...page, search: search ?? null, filter, sort: sort as StaffProductSort | null }),
      count: ({ search, ...filter }) => list.matching({ search: search ?? null, filter }),
      more: async (products, { language }) => {
        const ids = products.map(({ id }) => id);
        const { categoryById, tagById } = await reference.get();
        const named = (found: ReadonlyMap<string, Pick<ProductRow, 'name'>>): Map<string, string> =>
          new Map([...found].map(([id, { name }]) => [id, localized(name, language, language) ?? '']));
        const variants = await database.rows(variantsOfProducts, { ids });
        return {
          variants: new Map(variants.map(({ productId, ...variant }) => [productId, variant])),
          categories: named(categoryById),
          tags: named(tagById),
        };
      },
    };
  },
});
