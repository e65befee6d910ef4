import { systemClock, type Clock } from '../../kernel/clock.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Listener } from '../../platform/database/listener.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import type { MediaProcessingService, MediaService, MediaUses, UploadService } from '../media/index.js';
import { mediaModule } from '../media/media.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { languagesGroup, regionalGroup, taxGroup, type SettingsService } from '../store/index.js';
import { routingModule } from '../routing/routing.module.js';
import { storeModule } from '../store/store.module.js';
import type { UrlResolver } from '../routing/index.js';
import { AttributeAdminResolver } from './attributes/attribute-admin.resolver.js';
import { AttributeValueAdminResolver } from './attributes/attribute-value-admin.resolver.js';
import {
  AttributeCategoryEntity,
  AttributeEntity,
  AttributeValueEntity,
} from './attributes/attribute.entity.js';
import { attributeChanged, attributeSubscriptions } from './attributes/attribute.events.js';
import { registerAddresses } from './addresses/addresses.js';
import { SlugCheckResolver } from './addresses/slug-check.resolver.js';
import { SlugChecks } from './addresses/slug-checks.js';
import { productRows } from './bulk/product-rows.js';
import { handleProductStatus, productStatus } from './bulk/product-status.js';
import { catalogNodes } from './catalog.nodes.js';
import { CatalogLookup, type CatalogPlace } from './catalog-lookup.js';
import { CategoryAdminResolver } from './categories/category-admin.resolver.js';
import { CategoryTreeService } from './categories/category-tree.service.js';
import { categoryChanged } from './categories/category.events.js';
import { CategoryResolver } from './categories/category.resolver.js';
import { CategoryService } from './categories/category.service.js';
import { categorySubscriptions, refreshLater } from './categories/products-of-categories.js';
import { ProductImageEntity } from './images/image.entity.js';
import { CatalogVersionEntity, ProductEntity, SlugRedirectEntity } from './products/product.entity.js';
import { ProductResolver } from './products/product.resolver.js';
import { assertGoodsFit, changeCurrency } from './listing/change-currency.js';
import { ProductSearch } from './listing/product-search.js';
import { ProductAdminResolver } from './products/product-admin.resolver.js';
import { ProductService } from './products/product.service.js';
import { GalleryAdminResolver } from './images/gallery-admin.resolver.js';
import { GalleryService } from './images/gallery.service.js';
import { catalogMediaOwners } from './images/shown-media.js';
import { StaffProductList } from './products/staff-product-list.js';
import { seedDemoGoods } from './demo/seed-demo.js';
import { applySortLanguage, changeSortLanguage } from './listing/sort-language.js';
import { OptionTextResolver } from './translations/option-texts.resolver.js';
import { OptionTextService } from './translations/option-texts.service.js';
import { productOptionsChanged } from './translations/option-texts.events.js';
import { termTexts } from './translations/term-texts.js';
import { catalogTexts } from './translations/text-sources.js';
import { VariantService } from './variants/variant.service.js';
import { catalogRuntime } from './runtime.js';
import { seedStarterTree } from './categories/starter-tree.js';
import { CategoryEntity, CategoryRedirectEntity } from './categories/taxonomy.entity.js';
import { TagAdminResolver } from './tags/tag-admin.resolver.js';
import { TagEntity } from './tags/tag.entity.js';
import { tagChanged, tagSubscriptions } from './tags/tag.events.js';
import { createTerms } from './terms/create-terms.js';
import { refreshTermsLater } from './terms/products-of-terms.js';
import { ProductOptionEntity, ProductOptionValueEntity, VariantEntity } from './variants/variant.entity.js';
import { catalogErrors } from './catalog.errors.js';

export interface CatalogDependencies {
  readonly database: Database;
  readonly keys: RequestKeys;
  /** Storage of the public sizes of images. */
  readonly storage: FileStorage;
  readonly media: {
    readonly uploads: UploadService;
    readonly uses: MediaUses;
    readonly library: MediaService;
    readonly making: MediaProcessingService;
  };
  readonly outbox: Outbox;
  readonly listener: Listener;
  readonly cursors: CursorCodec;
  readonly urls: Pick<UrlResolver, 'hasRedirect'>;
  readonly settings: Pick<SettingsService, 'lockShared'>;
  readonly place: () => Promise<CatalogPlace>;
  readonly clock?: Clock;
}

/** Builds the domain's services and resolvers. */
export function createCatalog(dependencies: CatalogDependencies) {
  const {
    database,
    keys,
    storage,
    media,
    outbox,
    listener,
    cursors,
    settings,
    urls,
    place,
    clock = systemClock,
  } = dependencies;
  const reference = new CatalogLookup({ database, listener, place, clock });
  catalogRuntime.register(database, { reference, storage });
  const search = new ProductSearch(database, reference, cursors);
  const { uses } = media;
  for (const owner of catalogMediaOwners) uses.register(owner);
  const products = new ProductService({ database, keys, outbox, reference, settings, uses });
  const variants = new VariantService(database, reference, keys);
  const gallery = new GalleryService({ database, outbox, library: media.library, uses });
  const changes = { database, keys, outbox, reference, uses };
  const tree = new CategoryTreeService(changes);
  const list = new StaffProductList(database, reference, cursors);
  const slugs = new SlugChecks(database, urls);
  const categories = new CategoryService(changes);
  const defaultLanguage = async () => (await place()).defaultLanguage;
  const options = new OptionTextService({ database, outbox, defaultLanguage });
  const terms = createTerms(changes);
  const resolvers: object[] = [
    new SlugCheckResolver(slugs),
    new ProductResolver(search),
    new CategoryResolver(reference),
    new CategoryAdminResolver({ reference, categories, tree, slugs }),
    ...terms.resolvers,
    new ProductAdminResolver({ list, products, variants, slugs }),
    new GalleryAdminResolver(media.uploads, gallery, media.making),
    new OptionTextResolver(options),
  ];
  const jobs = [refreshLater(database), refreshTermsLater(database)];
  const texts = [...catalogTexts({ database, products, categories, options }), ...termTexts(terms)];
  const longJobs = handleProductStatus(list);
  /** The list of products, for actions on many of them; see `onProducts`. */
  const bulkRows = productRows(list);
  const services = { reference, search, products, variants, gallery, bulkRows };
  return { ...services, resolvers, jobs, longJobs, texts };
}

const idPrefixes = defineIdPrefixes({
  prod: 'Product',
  vari: 'ProductVariant',
  cat: 'Category',
  tag: 'Tag',
  attr: 'AttributeValue',
  atrb: 'ProductAttribute',
  opt: 'ProductOption',
  optv: 'ProductOptionValue',
  img: 'ProductImage',
});
const permissions = definePermissions({
  CATALOG_READ: { description: 'See drafts, archived products and exact stock.', role: Role.SUPPORT },
  CATALOG_WRITE: { description: 'Create and change products.', role: Role.MANAGER },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/**
 * Products, variants, categories and images. Changes by staff: `products/product.service.ts` and
 * `variants/variant.service.ts`; lists, search and filters: `listing/` over the product projection; galleries of images
 * of the media library: `images/`.
 */
export const catalogModule = defineModule({
  name: 'catalog',
  dependsOn: [storeModule, mediaModule, routingModule, longJobsModule],
  tables: {
    category: KEPT.catalogue,
    category_redirect: 'Kept until the next release: `slug` has them.',
    attribute: KEPT.catalogue,
    attribute_value: KEPT.catalogue,
    attribute_category: KEPT.catalogue,
    tag: KEPT.catalogue,
    product: KEPT.catalogue,
    product_option: KEPT.catalogue,
    product_option_value: KEPT.catalogue,
    product_image: KEPT.catalogue,
    variant: KEPT.catalogue,
    variant_listing: KEPT.catalogue,
    slug_redirect: 'Kept until the next release: `slug` has them.',
    catalog_version: KEPT.catalogue,
    product_status_change:
      'Written by versions before this one, and read by none; deleted with the job or the product.',
  },
  permissions,
  idPrefixes,
  errors: catalogErrors,
  entities: [
    ProductEntity,
    SlugRedirectEntity,
    CatalogVersionEntity,
    VariantEntity,
    ProductOptionEntity,
    ProductOptionValueEntity,
    ProductImageEntity,
    CategoryEntity,
    CategoryRedirectEntity,
    AttributeEntity,
    AttributeValueEntity,
    AttributeCategoryEntity,
    TagEntity,
  ],
  bulkActions: [productStatus],
  resolvers: [
    ...[ProductResolver, CategoryResolver, CategoryAdminResolver, ProductAdminResolver],
    ...[GalleryAdminResolver, SlugCheckResolver, TagAdminResolver, OptionTextResolver],
    ...[AttributeAdminResolver, AttributeValueAdminResolver],
  ],
  nodes: catalogNodes,
  events: [categoryChanged, tagChanged, attributeChanged, productOptionsChanged],
  setup(platform, { media, routing, store: { settings } }) {
    const { database, storage } = platform;
    const place = async (): Promise<CatalogPlace> => ({
      ...(await settings.get(regionalGroup)),
      ...(await settings.get(languagesGroup)),
      ...(await settings.get(taxGroup)),
    });
    settings.guard(languagesGroup, { write: changeSortLanguage });
    settings.guard(regionalGroup, { check: assertGoodsFit, write: changeCurrency });
    const { resolvers, jobs, longJobs, texts, ...services } = createCatalog({
      ...platform,
      settings,
      urls: routing.resolver,
      place,
      media,
    });
    registerAddresses(routing.kinds, database, services.reference);
    return {
      services,
      ...{ jobs, longJobs, texts },
      subscriptions: [...categorySubscriptions, ...tagSubscriptions, ...attributeSubscriptions],
      resolvers,
      seed: {
        own: () => seedStarterTree(database),
        demo: async (print) =>
          seedDemoGoods({ database, storage, currency: (await place()).currency, print }),
      },
      start: async () => applySortLanguage(database, (await place()).defaultLanguage),
    };
  },
});
