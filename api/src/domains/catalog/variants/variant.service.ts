import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { localId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, type Database, type Tx, t } from '../../../platform/database/database.js';
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
import { assertReduced, takenError, variantRow } from './variant-fields.js';

export const MAX_VARIANTS = 250;

const insertVariants = insertInto('variant', VARIANT_COLUMNS);

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
const readVariant = statement('catalog.variant-editable', {
  params: { id: t.uuid },
  row: {
    sku: t.text,
    barcode: t.text.orNull,
    price: t.int,
    compareAtPrice: t.int.orNull,
    weightGrams: t.int.orNull,
    imageId: t.uuid.orNull,
    stockPolicy: t.textOf<StockPolicy>(),
    backorderLimit: t.int.orNull,
    availableFrom: t.text.orNull,
    lowStockThreshold: t.int.orNull,
    version: t.int,
  },
  sql: `SELECT sku, barcode, price, compare_at_price AS "compareAtPrice", weight_grams AS "weightGrams", image_id AS "imageId",
     stock_policy AS "stockPolicy", backorder_limit AS "backorderLimit", available_from::text AS "availableFrom",
     low_stock_threshold AS "lowStockThreshold", version
   FROM variant WHERE id = :id AND deleted_at IS NULL`,
});
// No row if nothing changes, so that the version is kept.
const updateVariant = statement('catalog.variant-update', {
  params: {
    id: t.uuid,
    sku: t.text,
    barcode: t.text.orNull,
    price: t.int,
    compareAtPrice: t.int.orNull,
    weightGrams: t.int.orNull,
    imageId: t.uuid.orNull,
    stockPolicy: t.text,
    backorderLimit: t.int.orNull,
    availableFrom: t.dayText.orNull,
    lowStockThreshold: t.int.orNull,
  },
  sql: `UPDATE variant SET sku = :sku, barcode = :barcode, price = :price, compare_at_price = :compareAtPrice, weight_grams = :weightGrams, image_id = :imageId,
     stock_policy = :stockPolicy, backorder_limit = :backorderLimit, available_from = :availableFrom::date, low_stock_threshold = :lowStockThreshold, version = version + 1
   WHERE id = :id AND (sku, barcode, price, compare_at_price, weight_grams, image_id, stock_policy, backorder_limit,
     available_from, low_stock_threshold) IS DISTINCT FROM (:sku, :barcode, :price, :compareAtPrice, :weightGrams, :imageId, :stockPolicy, :backorderLimit, :availableFrom::date, :lowStockThreshold)`,
});
const deleteVariant = statement('catalog.variant-delete', {
  params: { id: t.uuid },
  sql: 'UPDATE variant SET deleted_at = now() WHERE id = :id AND deleted_at IS NULL',
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
      const { live, next } = (await tx.row(countVariants, { productId }))!;
      if (live >= MAX_VARIANTS)
        throw new InvalidInputError(`A product has at most ${MAX_VARIANTS} variants.`, ['productId']);
      const options = await tx.rows(optionsByProduct, { ids: [productId] });
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
      const stored = await tx.row(readVariant, { id });
      if (!stored) throw new NotFoundError('variant', ['variantId']);
      if ((input.expectedVersion ?? stored.version) !== stored.version)
        throw new StaleVersionError(stored.version);
      const changed = await this.merged(tx, productId, stored, input);
      assertReduced(changed.price, changed.compareAtPrice, []);
      const isChanged = await tx.count(updateVariant, {
        id,
        sku: changed.sku,
        barcode: changed.barcode,
        price: changed.price,
        compareAtPrice: changed.compareAtPrice,
        weightGrams: changed.weightGrams,
        imageId: changed.imageId,
        stockPolicy: changed.stockPolicy,
        backorderLimit: changed.backorderLimit,
        availableFrom: changed.availableFrom,
        lowStockThreshold: changed.lowStockThreshold,
      });
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
      const { live } = (await tx.row(countVariants, { productId }))!;
      if (live === 1) throw new LastVariantError();
      if ((await tx.count(deleteVariant, { id })) === 0) throw new NotFoundError('variant', ['variantId']);
      return { id: productId, isChanged: true };
    });
  }

  private async change(about: Change, work: (tx: Tx, owner: Owner) => Promise<Done>): Promise<string> {
    const { productId, path, skus, keyed = null } = about;
    try {
      const { id } = await this.database.transaction((tx) =>
        this.keys.once(tx, keyed, async () => {
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
      if (input.imageId && !(imageId && (await tx.row(ownsImage, { imageId, productId }))))
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
    const row = await this.database.row(productOfVariant, { variantId });
    if (!row) throw new NotFoundError('variant', ['variantId']);
    return row.productId;
  }
}
