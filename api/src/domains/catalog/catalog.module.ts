import type { FileStorage } from '../../integrations/storage/port.js';
import type { Language } from '../../kernel/languages.js';
import type { CursorCodec } from '../../kernel/pagination.js';
import type { Database } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import type { DomainModule } from '../../platform/module.js';
import { catalogNodes } from './catalog.nodes.js';
import { CatalogReference } from './catalog-reference.js';
import { CategoryResolver } from './category.resolver.js';
import { ProductImageEntity, UploadEntity } from './picture.entity.js';
import { CatalogVersionEntity, ProductEntity, SlugRedirectEntity } from './product.entity.js';
import { ProductResolver } from './product.resolver.js';
import { ProductSearch } from './product-search.js';
import { registerRuntime } from './runtime.js';
import { AttributeEntity, AttributeValueEntity, CategoryEntity, TagEntity } from './taxonomy.entity.js';
import { ProductOptionEntity, ProductOptionValueEntity, VariantEntity } from './variant.entity.js';

export interface CatalogDependencies {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly listener: Listener;
  readonly cursors: CursorCodec;
  readonly currency: string;
  readonly defaultLanguage: Language;
  /** Whose tax rates the prices on the shop's pages contain. */
  readonly homeCountry?: string;
}

/** Builds the domain's services and resolvers. */
export function createCatalog({ database, storage, listener, cursors, currency, homeCountry = 'RO' }: CatalogDependencies) {
  const reference = new CatalogReference(database, listener, homeCountry);
  registerRuntime(database, { reference, storage });
  const search = new ProductSearch(database, reference, cursors, currency);
  return {
    reference,
    search,
    resolvers: [new ProductResolver(search), new CategoryResolver(reference)] as object[],
  };
}

export const catalogModule: DomainModule = {
  entities: [
    ProductEntity, SlugRedirectEntity, CatalogVersionEntity, VariantEntity, ProductOptionEntity, ProductOptionValueEntity,
    ProductImageEntity, UploadEntity, CategoryEntity, AttributeEntity, AttributeValueEntity, TagEntity,
  ],
  resolvers: [ProductResolver, CategoryResolver],
  nodes: catalogNodes,
};
