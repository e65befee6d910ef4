import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, type Database, type Tx } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { StockPolicy } from './availability.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { LastVariantError } from '../catalog.errors.js';
import { optionsByProduct } from '../catalog.loaders.js';
import { receiveInitialStock } from './initial-stock.js';
import { insertInto, insertRows, VARIANT_COLUMNS } from '../demo/insert-rows.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import type { ProductVariantInput, ProductVariantUpdateInput } from './variant.input.js';
import type { OptionRow } from '../rows.js';
import { assertReduced, takenError, variantRow } from './variant-fields.js';

export const MAX_VARIANTS = 250;

const insertVariants = insertInto('variant', VARIANT_COLUMNS);

const lockOwner = statement(
  'catalog.variant-owner',
  `SELECT p.id, p.name, p.currency FROM product p WHERE p.id = $1 FOR NO KEY UPDATE`,
);
const countVariants = statement(
  'catalog.variant-count',
  'SELECT count(*)::int AS live, coalesce(max(position), -1) + 1 AS next FROM variant WHERE product_id = $1 AND deleted_at IS NULL',
);
const productOfVariant = statement(
  'catalog.variant-product',
  'SELECT product_id AS "productId" FROM variant WHERE id = $1 AND deleted_at IS NULL',
);
const readVariant = statement(
  'catalog.variant-editable',
  `SELECT sku, barcode, price, compare_at_price AS "compareAtPrice", weight_grams AS "weightGrams", image_id AS "imageId",
     stock_policy AS "stockPolicy", backorder_limit AS "backorderLimit", available_from::text AS "availableFrom",
     low_stock_threshold AS "lowStockThreshold", version
   FROM variant WHERE id = $1 AND deleted_at IS NULL`,
);
// No row if nothing changes, so that the version is kept.
const updateVariant = statement(
  'catalog.variant-update',
  `UPDATE variant SET sku = $2, barcode = $3, price = $4, compare_at_price = $5, weight_grams = $6, image_id = $7,
     stock_policy = $8, backorder_limit = $9, available_from = $10::date, low_stock_threshold = $11, version = version + 1
   WHERE id = $1 AND (sku, barcode, price, compare_at_price, weight_grams, image_id, stock_policy, backorder_limit,
     available_from, low_stock_threshold) IS DISTINCT FROM ($2, $3, $4, $5, $6, $7, $8, $9, $10::date, $11)`,
);
const deleteVariant = statement(
  'catalog.variant-delete',
  'UPDATE variant SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL',
);
const ownsImage = statement(
  'catalog.owns-image',
  'SELECT id FROM product_image WHERE id = $1 AND product_id = $2',
);
const touchProduct = statement(
  'catalog.product-touch',
  'UPDATE product SET updated_at = now() WHERE id = $1',
);

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
}

interface Editable {
  sku: string;
  barcode: string | null;
  price: number;
  compareAtPrice: number | null;
  weightGrams: number | null;
  imageId: string | null;
  stockPolicy: StockPolicy;
  backorderLimit: number | null;
  availableFrom: string | null;
  lowStockThreshold: number | null;
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
    const about = { productId, path: ['variant'], skus: [input.sku], keyed };
    return this.change(about, async (tx, owner) => {
      const { live, next } = (await tx.row<{ live: number; next: number }>(countVariants, [productId]))!;
      if (live >= MAX_VARIANTS)
        throw new InvalidInputError(`A product has at most ${MAX_VARIANTS} variants.`, ['productId']);
      const options = await tx.rows<OptionRow>(optionsByProduct, [[productId]]);
      const variant = variantRow({ ...owner, options }, input, next, ['variant']);
      await insertRows(tx, insertVariants, [variant]);
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
    return this.change({ productId, path: [], skus: [input.sku ?? ''] }, async (tx) => {
      const stored = await tx.row<Editable & { version: number }>(readVariant, [id]);
      if (!stored) throw new NotFoundError('variant', ['variantId']);
      if ((input.expectedVersion ?? stored.version) !== stored.version)
        throw new StaleVersionError(stored.version);
      const changed = await this.merged(tx, productId, stored, input);
      assertReduced(changed.price, changed.compareAtPrice, []);
      const isChanged = await tx.count(updateVariant, [
        id,
        changed.sku,
        changed.barcode,
        changed.price,
        changed.compareAtPrice,
        changed.weightGrams,
        changed.imageId,
        changed.stockPolicy,
        changed.backorderLimit,
        changed.availableFrom,
        changed.lowStockThreshold,
      ]);
      return { id: productId, isChanged: isChanged > 0 };
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
      const { live } = (await tx.row<{ live: number }>(countVariants, [productId]))!;
      if (live === 1) throw new LastVariantError();
      if ((await tx.count(deleteVariant, [id])) === 0) throw new NotFoundError('variant', ['variantId']);
      return { id: productId, isChanged: true };
    });
  }

  private async change(about: Change, work: (tx: Tx, owner: Owner) => Promise<Done>): Promise<string> {
    const { productId, path, skus, keyed = null } = about;
    try {
      const { id } = await this.database.transaction((tx) =>
        this.keys.once(tx, keyed, async () => {
          const owner = await tx.row<Owner & Record<string, unknown>>(lockOwner, [productId]);
          if (!owner) throw new NotFoundError('product', ['productId']);
          const done = await work(tx, owner);
          if (!done.isChanged) return { id: done.id };
          await tx.count(touchProduct, [productId]);
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

  private async merged(
    tx: Tx,
    productId: string,
    stored: Editable,
    input: ProductVariantUpdateInput,
  ): Promise<Editable> {
    const given = <T>(value: T | undefined, kept: T): T => (value === undefined ? kept : value);
    let imageId = stored.imageId;
    if (input.imageId !== undefined) {
      imageId = input.imageId === null ? null : localId('img', input.imageId);
      if (input.imageId && !(imageId && (await tx.row(ownsImage, [imageId, productId]))))
        throw new NotFoundError('image of this product', ['imageId']);
    }
    return {
      sku: input.sku?.trim() ?? stored.sku,
      barcode: given(input.barcode, stored.barcode),
      price: input.price ?? stored.price,
      compareAtPrice: given(input.compareAtPrice, stored.compareAtPrice),
      weightGrams: given(input.weightGrams, stored.weightGrams),
      imageId,
      stockPolicy: input.stockPolicy ?? stored.stockPolicy,
      backorderLimit: given(input.backorderLimit, stored.backorderLimit),
      availableFrom: given(input.availableFrom, stored.availableFrom),
      lowStockThreshold: given(input.lowStockThreshold, stored.lowStockThreshold),
    };
  }

  private async productOf(variantId: string): Promise<string> {
    const row = await this.database.row<{ productId: string }>(productOfVariant, [variantId]);
    if (!row) throw new NotFoundError('variant', ['variantId']);
    return row.productId;
  }
}
