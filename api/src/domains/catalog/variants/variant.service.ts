import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import {
  enteredFields,
  statement,
  type Database,
  type Fields,
  type Tx,
  t,
} from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { enteredAttributes, NO_ATTRIBUTES } from '../attributes/entered-attributes.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { holdTerms } from '../terms/term-lock.js';
import { LastVariantError } from '../catalog.errors.js';
import { optionsByProduct } from '../catalog.loaders.js';
import { receiveInitialStock } from './initial-stock.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import type { ProductVariantInput, ProductVariantUpdateInput } from './variant.input.js';
import { VariantEntity } from './variant.entity.js';
import { assertReduced, newVariant, takenError } from './variant-fields.js';

export const MAX_VARIANTS = 250;

const lockOwner = statement('catalog.variant-owner', {
  params: { productId: t.uuid },
  row: { id: t.uuid, name: t.json<LocalizedText>(), currency: t.text },
  sql: `SELECT p.id, p.name, p.currency FROM product p WHERE p.id = :productId FOR NO KEY UPDATE`,
});
const countVariants = statement('catalog.variant-count', {
  params: { productId: t.uuid },
  row: { live: t.int, next: t.int },
  sql: 'SELECT count(*)::int AS live, coalesce(max(position), -1) + 1 AS next FROM variant WHERE product_id = :productId AND deleted_at IS NULL',
});
const productOfVariant = statement('catalog.variant-product', {
  params: { variantId: t.uuid },
  row: { productId: t.uuid },
  sql: 'SELECT product_id AS "productId" FROM variant WHERE id = :variantId AND deleted_at IS NULL',
});
const ownsImage = statement('catalog.owns-image', {
  params: { imageId: t.uuid, productId: t.uuid },
  row: { id: t.uuid },
  sql: 'SELECT id FROM product_image WHERE id = :imageId AND product_id = :productId',
});
const touchProduct = statement('catalog.product-touch', {
  params: { productId: t.uuid },
  sql: 'UPDATE product SET updated_at = now() WHERE id = :productId',
});

interface Owner {
  readonly id: string;
  readonly name: LocalizedText;
  readonly currency: string;
}

interface Change {
  readonly productId: string;
  /** The input path of the SKU and the barcode. */
  readonly path: string[];
  readonly skus: readonly string[];
  readonly keyed?: KeyedRequest | null;
  /** Whether it names attributes: then they do not change meanwhile. */
  readonly withTerms?: boolean;
}

interface Done {
  readonly id: string;
  readonly isChanged: boolean;
}

/**
 * Staff changes of variants. Every method locks the product's row first, so that combinations, positions and the last
 * variant are decided by one transaction at a time.
 */
export class VariantService {
  constructor(
    private readonly database: Database,
    private readonly reference: CatalogLookup,
    private readonly keys: RequestKeys,
  ) {}

  /**
   * Adds a variant with its first stock and returns its id; a repeat with the same key returns the first one's. One
   * transaction: first the key's row, then the product, then the stock level.
   *
   * @throws SkuTakenError, BarcodeTakenError, VariantExistsError, InvalidInputError, NotFoundError
   */
  async create(productId: string, input: ProductVariantInput, keyed: KeyedRequest | null): Promise<string> {
    const about = {
      ...{ productId, path: ['variant'], skus: [input.sku], keyed },
      withTerms: Boolean(input.attributes),
    };
    return this.change(about, async (tx, owner) => {
      const { live, next } = (await tx.row(countVariants, { productId }))!;
      if (live >= MAX_VARIANTS)
        throw new InvalidInputError(`A product has at most ${MAX_VARIANTS} variants.`, ['productId']);
      const options = await tx.rows(optionsByProduct, { ids: [productId] });
      const entries = input.attributes;
      const has = await enteredAttributes(tx, NO_ATTRIBUTES, {
        level: 'VARIANT',
        entries,
        path: ['variant'],
      });
      const variant = { ...newVariant({ ...owner, options }, input, next, ['variant']), ...has };
      await tx.repository(VariantEntity).insert([variant]);
      await receiveInitialStock(tx, [{ id: variant.id, stock: input.stock ?? 0 }]);
      return { id: variant.id, isChanged: true };
    });
  }

  /**
   * Changes the given fields and returns the product's id. The product's row is locked before the version is compared,
   * so of two requests based on one version the second is refused.
   *
   * @throws StaleVersionError if another change came first; nothing is written
   * @throws SkuTakenError, BarcodeTakenError, InvalidInputError, NotFoundError
   */
  async update(id: string, input: ProductVariantUpdateInput): Promise<string> {
    const productId = await this.productOf(id);
    const about = { productId, path: [], skus: [input.sku ?? ''], withTerms: Boolean(input.attributes) };
    return this.change(about, async (tx) => {
      const stored = await tx.repository(VariantEntity).find({ id });
      if (!stored) throw new NotFoundError('variant', ['variantId']);
      if ((input.expectedVersion ?? stored.version) !== stored.version)
        throw new StaleVersionError(stored.version);
      const { attributes: entries } = input;
      const changes = {
        ...(await this.entered(tx, productId, input)),
        ...(await enteredAttributes(tx, stored, { level: 'VARIANT', entries, path: [] })),
      };
      const { price, compareAtPrice } = { ...stored, ...changes };
      assertReduced(price, compareAtPrice, []);
      return { id: productId, isChanged: await tx.repository(VariantEntity).update(stored, changes) };
    });
  }

  /**
   * Deletes a variant and returns the product's id. Carts warn about it, orders keep it, its SKU is free again.
   *
   * @throws LastVariantError, NotFoundError
   */
  async delete(id: string): Promise<string> {
    const productId = await this.productOf(id);
    return this.change({ productId, path: [], skus: [] }, async (tx) => {
      const { live } = (await tx.row(countVariants, { productId }))!;
      if (live === 1) throw new LastVariantError();
      if ((await tx.repository(VariantEntity).softDelete({ id })) === 0)
        throw new NotFoundError('variant', ['variantId']);
      return { id: productId, isChanged: true };
    });
  }

  private async change(about: Change, work: (tx: Tx, owner: Owner) => Promise<Done>): Promise<string> {
    const { productId, path, skus, keyed = null, withTerms = false } = about;
    try {
      const { id } = await this.database.transaction((tx) =>
        this.keys.once(tx, keyed, async () => {
          if (withTerms) await holdTerms(tx);
          const owner = await tx.row(lockOwner, { productId });
          if (!owner) throw new NotFoundError('product', ['productId']);
          const done = await work(tx, owner);
          if (!done.isChanged) return { id: done.id };
          await tx.count(touchProduct, { productId });
          await refreshProductProjection(tx, [productId]);
          await announceCatalogChange(tx);
          return { id: done.id };
        }),
      );
      this.reference.drop();
      return id;
    } catch (error) {
      throw takenError(error, skus, () => path) ?? error;
    }
  }

  /** The columns that follow from an input. @throws NotFoundError for an image of another product */
  private async entered(
    tx: Tx,
    productId: string,
    input: ProductVariantUpdateInput,
  ): Promise<Fields<VariantEntity>> {
    const { variantId: _variantId, expectedVersion: _version, imageId: image, sku, ...given } = input;
    const { attributes: _attributes, ...plain } = given;
    const imageId = image == null ? image : localId('img', image);
    if (image && !(imageId && (await tx.row(ownsImage, { imageId, productId }))))
      throw new NotFoundError('image of this product', ['imageId']);
    return enteredFields(VariantEntity, { ...plain, imageId, sku: sku?.trim() });
  }

  private async productOf(variantId: string): Promise<string> {
    const row = await this.database.row(productOfVariant, { variantId });
    if (!row) throw new NotFoundError('variant', ['variantId']);
    return row.productId;
  }
}
