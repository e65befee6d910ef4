export {
  availabilityOf,
  backorderRoom,
  EXACT_QUANTITY_LIMIT,
  leftMessage,
  LOW_STOCK_THRESHOLD,
  roughQuantity,
  roughQuantityOf,
  shareOfStock,
  shownQuantity,
  lowStockAt,
  type StockPolicy,
} from './variants/availability.js';
export { freeOf, freeOfVariant, ofActiveLevels } from './variants/free-stock.js';
export { cleanText } from './products/safe-html.js';
export { freeSlug, isSlug, slugFrom } from './products/slug.js';
export { Seo, seoOf } from './products/seo.type.js';
export type { ShownMedia } from './images/shown-media.js';
export type { ImageRow } from './images/image.entity.js';
export type { CategoryNode } from './catalog-lookup.js';
export type { ProductSearch } from './listing/product-search.js';
export { isSentFree } from './products/sent-free.js';
export { purchasableUnits } from './listing/product-derived.js';
export { catalogLoaders } from './catalog.loaders.js';
export { ProductVariantPayload } from './catalog-payload.type.js';
export { announceCatalogChange, refreshProductProjection } from './listing/product-projection.js';
export { relabelByThreshold } from './variants/low-stock-threshold.js';
export { ProductImage } from './images/product-image.type.js';
export { Category } from './categories/category.type.js';
export { Product, ProductVariant } from './products/product.type.js';
export { onProducts, type ProductQuery } from './bulk/product-rows.js';
export { StaffProductFilter } from './listing/product-filter.input.js';
export { ProductStatusEnum, StaffProductSort } from './catalog.enums.js';
export { StaffProductList, type StaffListArguments } from './products/staff-product-list.js';
export type { CatalogLookup } from './catalog-lookup.js';
export { productColumns, variantColumns, type ProductRow, type VariantRow } from './rows.js';
export { dropStarterTree } from './categories/starter-tree.js';
export { ProductTranslationInput } from './products/product-parts.input.js';
export type { ProductService } from './products/product.service.js';
export { catalogModule, createCatalog } from './catalog.module.js';
export { seedDemoCatalogue } from './demo/seed-demo.js';
export { DEMO_NAMESPACE, demoId } from './demo/demo-rows.js';
export { storeDemoImages } from './demo/demo-images.js';
export { MAIN_LOCATION } from './variants/initial-stock.js';
export { variantAsItIs } from './products/changed-product.js';
