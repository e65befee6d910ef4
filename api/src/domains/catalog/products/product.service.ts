import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import {
  violatedCheck,
  violatedConstraint,
  type Database,
  type Fields,
  type Tx,
} from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { enteredAttributes, NO_ATTRIBUTES } from '../attributes/entered-attributes.js';
import type { CatalogLookup, ReferenceData } from '../catalog-lookup.js';
import { SlugTakenError } from '../catalog.errors.js';
import { holdCategoryTree } from '../categories/category-lock.js';
import { holdMedia, idsOf, type GivenMedia, type MediaUses } from '../../media/index.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import { receiveInitialStock } from '../variants/initial-stock.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import { enteredProduct } from './entered-product.js';
import { ProductEntity } from './product.entity.js';
import { NO_TEXTS } from './product-fields.js';
import type { ProductCreateInput, ProductUpdateInput } from './product.input.js';
import type { ProductStatus } from '../rows.js';
import { insertProductOptions } from './product-options.js';
import { slugsLike, urlChanged } from '../../routing/index.js';
import { renameVariants } from './product.statements.js';
import type { SeoInput } from './seo.input.js';
import { freeSlug, isSlug, slugFrom } from './slug.js';
import { PRODUCT_PAGES } from '../addresses/pages.js';
import { holdTerms } from '../terms/term-lock.js';
import { newVariant, takenError } from '../variants/variant-fields.js';
import { VariantEntity } from '../variants/variant.entity.js';

const ATTEMPTS = 5;

type NamedByProduct = Pick<ProductUpdateInput, 'categoryIds' | 'tags' | 'attributeValueIds' | 'attributes'>;

const NEW_PRODUCT = { ...NO_TEXTS, ...NO_ATTRIBUTES };

export interface ProductDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly reference: CatalogLookup;
  readonly settings: Pick<SettingsService, 'lockShared'>;
  readonly uses: MediaUses;
}

/**
 * Staff changes of products. Every method is one transaction. Cached data (categories, tags) is read before it: reading
 * it inside would take a second connection, and many concurrent calls would wait for each other's.
 */
export class ProductService {
  private readonly database: Database;
  private readonly reference: CatalogLookup;

  constructor(private readonly deps: ProductDeps) {
    ({ database: this.database, reference: this.reference } = deps);
  }

  /**
   * Creates a product with its options, variants and first stock, and returns its id. With an idempotency key of the
   * same person a repeat returns the product that the first call created, and another body is IDEMPOTENCY_KEY_REUSED.
   *
   * @throws SlugTakenError only for a requested slug; one derived from the name is made unique
   * @throws SkuTakenError, BarcodeTakenError, VariantExistsError, InvalidInputError, NotFoundError
   */
  async create(input: ProductCreateInput, userId: string): Promise<string> {
    const reference = await this.reference.get();
    for (let attempt = 1; ; attempt++) {
      try {
        const id = await this.database.transaction((tx) => this.insertOnce(tx, input, userId, reference));
        this.reference.drop();
        return id;
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'product_slug_key' && !input.slug && attempt < ATTEMPTS) continue;
        if (constraint === 'product_slug_key') throw new SlugTakenError();
        if (isArchivedTaxClass(error)) throw new NotFoundError('tax class', ['taxClass']);
        const path = (index: number): string[] => ['variants', String(index)];
        throw (
          takenError(
            error,
            input.variants.map(({ sku }) => sku),
            path,
          ) ?? error
        );
      }
    }
  }

  /**
   * The first product of a shop, as part of the transaction that sets it up, in which the default language may have changed.
   *
   * @throws InvalidInputError
   */
  async insertFirst(
    tx: Tx,
    input: Omit<ProductCreateInput, 'idempotencyKey'>,
    reference: ReferenceData,
  ): Promise<string> {
    const id = newId();
    await this.insert(tx, id, input, reference);
    return id;
  }

  /**
   * Changes the given fields and keeps the others. A change without effect keeps the version.
   *
   * @throws StaleVersionError if another change came first; nothing is written
   * @throws SlugTakenError, InvalidInputError, NotFoundError
   */
  async update(id: string, input: ProductUpdateInput): Promise<void> {
    const { productId: _publicId, expectedVersion, ...entered } = input;
    const reference = await this.reference.get();
    try {
      await this.database.transaction(async (tx) => {
        await holdNamed(tx, entered);
        const shared = await this.sharedImage(tx, entered.seo);
        const stored = await this.lock(tx, id, expectedVersion);
        const language = reference.defaultLanguage;
        const changes = await enteredProduct(tx, entered, stored, { reference, language, shared });
        if (changes.slug) assertSlug(changes.slug);
        const { slug: before } = stored;
        if (!(await tx.repository(ProductEntity).update(stored, changes))) return;
        await this.showShared(tx, id, shared);
        await tx.count(renameVariants, { productId: id, name: changes.name ?? stored.name });
        if (stored.slug !== before) await this.announceSlug(tx, stored, before);
        await refreshProductProjection(tx, [id]);
        await announceCatalogChange(tx);
      });
    } catch (error) {
      if (isArchivedTaxClass(error)) throw new NotFoundError('tax class', ['taxClass']);
      throw violatedConstraint(error) === 'product_slug_key' ? new SlugTakenError() : error;
    }
    this.reference.drop();
    this.deps.outbox.notifyRelay();
  }

  /** Archives the product; orders and redirects keep it. @throws StaleVersionError, NotFoundError */
  async archive(id: string, expectedVersion: number): Promise<void> {
    await this.update(id, {
      productId: id,
      expectedVersion,
      status: 'ARCHIVED' as ProductStatus,
    } as ProductUpdateInput);
  }

  private sharedImage(tx: Tx, seo: SeoInput | null | undefined): Promise<GivenMedia> {
    return holdMedia(tx, this.deps.uses, seo?.imageId, ['seo', 'imageId']);
  }

  private async showShared(tx: Tx, ownerId: string, shared: GivenMedia): Promise<void> {
    if (shared === undefined) return;
    await this.deps.uses.set(tx, { ownerType: 'PRODUCT', ownerId, field: 'SHARE_IMAGE' }, idsOf(shared));
  }

  private async lock(tx: Tx, id: string, expectedVersion: number): Promise<ProductEntity> {
    const stored = await tx.repository(ProductEntity).lock({ id });
    if (!stored) throw new NotFoundError('product', ['productId']);
    if (stored.version !== expectedVersion) throw new StaleVersionError(stored.version);
    return stored;
  }

  /** The database keeps the former slug, which leads to the product. */
  private async announceSlug(tx: Tx, { id, version }: ProductEntity, before: string): Promise<void> {
    const path = `${PRODUCT_PAGES}${before}`;
    await this.deps.outbox.append(tx, urlChanged(id, { kind: 'PRODUCT', change: 'UPDATED', path, version }));
  }

  private async insertOnce(
    tx: Tx,
    { idempotencyKey: key, ...input }: ProductCreateInput,
    userId: string,
    reference: ReferenceData,
  ): Promise<string> {
    const request = key ? { actor: `user:${userId}`, operation: 'productCreate', key, body: input } : null;
    const earlier = request && (await this.deps.keys.claim(tx, request));
    if (earlier) return (earlier.response as { productId: string }).productId;
    const productId = newId();
    await this.insert(tx, productId, input, reference);
    if (request) await this.deps.keys.storeResult(tx, request, { productId });
    return productId;
  }

  private async insert(
    tx: Tx,
    id: string,
    input: Omit<ProductCreateInput, 'idempotencyKey'>,
    reference: ReferenceData,
  ): Promise<void> {
    const { options: choices, variants: sold, ...entered } = input;
    await holdNamed(tx, entered);
    const shared = await this.sharedImage(tx, entered.seo);
    // The currency changes only after this product is there, and then changes it too.
    const { currency } = await this.deps.settings.lockShared(tx, regionalGroup);
    const language = reference.defaultLanguage;
    const product = await enteredProduct(tx, entered, NEW_PRODUCT, { reference, language, shared });
    const name = product.name ?? {};
    const slug = await this.newSlug(tx, input.slug ?? null, name[language] ?? '');
    await tx.repository(ProductEntity).insert([{ ...product, id, slug, currency }]);
    await this.showShared(tx, id, shared);
    const options = await insertProductOptions(tx, id, choices ?? [], language);
    const owner = { id, name, currency, options };
    const variants: (ReturnType<typeof newVariant> & Fields<VariantEntity>)[] = [];
    for (const [i, variant] of sold.entries()) {
      const path = ['variants', String(i)];
      const entries = variant.attributes;
      const has = await enteredAttributes(tx, NO_ATTRIBUTES, { level: 'VARIANT', entries, path });
      variants.push({ ...newVariant(owner, variant, i, path), ...has });
    }
    await tx.repository(VariantEntity).insert(variants);
    await receiveInitialStock(
      tx,
      variants.map((variant, i) => ({ id: variant.id, stock: sold[i]?.stock ?? 0 })),
    );
    await refreshProductProjection(tx, [id]);
  }

  private async newSlug(tx: Tx, requested: string | null, name: string): Promise<string> {
    if (requested) {
      assertSlug(requested);
      return requested;
    }
    const slug = slugFrom(name) || 'product';
    const taken = await tx.rows(slugsLike, { kind: 'PRODUCT', slug });
    return freeSlug(slug, new Set(taken.map((row) => row.slug)));
  }
}

/** What products name by id does not change until the transaction ends. */
async function holdNamed(
  tx: Tx,
  { categoryIds, tags, attributeValueIds, attributes }: NamedByProduct,
): Promise<void> {
  if (categoryIds) await holdCategoryTree(tx);
  if (tags ?? attributeValueIds ?? attributes) await holdTerms(tx);
}

function assertSlug(slug: string): void {
  if (!isSlug(slug))
    throw new InvalidInputError('Small letters, digits and single dashes, at most 80.', ['slug']);
}

/** Whether the product was put into a tax class that takes none: a trigger holds it, so that no race passes it. */
function isArchivedTaxClass(error: unknown): boolean {
  return violatedCheck(error) === 'product_tax_class_open';
}
