export {
  availabilityOf,
  backorderRoom,
  EXACT_QUANTITY_LIMIT,
  leftMessage,
  shownQuantity,
  lowStockAt,
  type StockPolicy,
} from './availability.js';
export { purchasableUnits } from './product-derived.js';
export { catalogLoaders } from './catalog.loaders.js';
export { variantAsItIs } from './product-admin.resolver.js';
export { ProductVariantPayload, UploadPayload } from './catalog-payload.type.js';
export { announceCatalogChange, refreshProductProjection } from './product-projection.js';
export { applyLowStockThreshold } from './low-stock-threshold.js';
export { imageEvents } from './image-jobs.js';
export { ProductImage } from './product-image.type.js';
export { Product, ProductVariant } from './product.type.js';
export { productColumns, variantColumns, type ProductRow, type VariantRow } from './rows.js';
export { catalogModule, createCatalog } from './catalog.module.js';
export { seedDemoCatalogue } from './seed-demo.js';
export { attemptToMake, readOriginal } from './image-attempt.js';
export { ImageFailure, ImageStatus } from './image-status.js';
export { makeLargestSize } from './make-images.js';
export { largestSize } from './image-sizes.js';
export { assertImage, BUYER_PIXELS, collectBytes, readHeader } from './read-image.js';
export { UploadService, type OpenUpload } from './upload.service.js';
export { MAIN_LOCATION } from './initial-stock.js';
