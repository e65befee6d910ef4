import { h } from 'vue';
import { ProductExportCreateDocument, StaffProductsDocument } from '../../generated/catalog/graphql';
import type { ProductRowFragment } from '../../generated/catalog/graphql';
import { moment, quiet, status } from '../../ui/lists/cells';
import { defineList } from '../../ui/lists/define-list';
import { listExport } from '../../ui/lists/export/list-export';
import type { Tools } from '../../ui/useTools';
import PriceSpan from '../PriceSpan.vue';
import ProductCard from './ProductCard.vue';
import ProductName from './ProductName.vue';
import { productBulk } from './product-bulk';
import { PRODUCT_STATUSES } from '../product-fields';
import { AVAILABILITIES, PRODUCT_SORTS, STATUS_TONES, STOCK_TONES, toProductFilter } from './product-filter';
import { useCatalogChoices } from '../useCatalogChoices';
import { heldPieces } from '../variants/held-pieces';

export const productList = defineList({
  name: 'products',
  title: 'products.title',
  query: StaffProductsDocument,
  connection: (data) => data.staffProducts,
  types: ['Product', 'ProductVariant'],
  search: 'products.search',
  sorts: PRODUCT_SORTS,
  sortMessages: 'products.sorts',
  filters: {
    status: {
      label: 'products.status',
      kind: 'many',
      choices: ({ t }) => PRODUCT_STATUSES.map((value) => ({ value, label: t(`productStatus.${value}`) })),
    },
    availability: {
      label: 'products.stock',
      kind: 'many',
      choices: ({ t }) => AVAILABILITIES.map((value) => ({ value, label: t(`availability.${value}`) })),
    },
    category: { label: 'products.category', kind: 'one' },
    tag: { label: 'products.tag', kind: 'one' },
  },
  choices: () => {
    const { categories, tags } = useCatalogChoices();
    return {
      category: () =>
        categories.value.map(({ slug, name, depth }) => ({
          value: slug,
          label: `${'— '.repeat(depth)}${name}`,
        })),
      tag: () => tags.value.map(({ slug, name }) => ({ value: slug, label: name })),
    };
  },
  toFilter: toProductFilter,
  exports: listExport(ProductExportCreateDocument, (data) => data.productExportCreate, {
    name: ['NAME', 'SKUS'],
    status: ['STATUS'],
    category: ['CATEGORY'],
    stock: ['AVAILABILITY'],
    quantity: ['QUANTITY'],
    price: ['PRICE_FROM', 'PRICE_TO', 'CURRENCY'],
    updated: ['UPDATED_AT'],
  }),
  columns: {
    name: {
      header: 'products.name',
      required: true,
      sorts: ['NAME_ASC', 'NAME_DESC'],
      ascending: 'NAME_ASC',
      cell: (product) => h(ProductName, { product }),
    },
    status: {
      header: 'products.status',
      cell: (row, { t }) => row.status && status(STATUS_TONES[row.status], t(`productStatus.${row.status}`)),
    },
    category: { header: 'products.category', wideOnly: true, cell: (row) => quiet(row.category?.name) },
    stock: {
      header: 'products.stock',
      cell: (row, { t }) => status(STOCK_TONES[row.availability], t(`availability.${row.availability}`)),
    },
    quantity: { header: 'products.quantity', align: 'end', cell: quantity },
    price: {
      header: 'products.price',
      align: 'end',
      sorts: ['PRICE_ASC', 'PRICE_DESC'],
      ascending: 'PRICE_ASC',
      cell: (row) => h(PriceSpan, { range: row.priceRange }),
    },
    updated: {
      header: 'products.updated',
      sorts: ['UPDATED_DESC'],
      cell: (row) => moment(row.updatedAt ?? row.createdAt),
    },
  },
  rowTo: ({ id }) => ({ name: 'product', params: { id } }),
  bulk: productBulk,
  card: (product) => h(ProductCard, { product }),
  empty: { icon: 'i-lucide-package', title: 'products.empty', hint: 'products.emptyHint' },
});

function quantity(row: ProductRowFragment, { t, n }: Tools) {
  if (row.totalStock == null) return null;
  const held = heldPieces(row, t);
  return [n(row.totalStock), held && h('span', { class: 'block text-xs text-muted' }, held)];
}
