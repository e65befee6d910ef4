import { v5 } from 'uuid';
import { InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Language, LocalizedText } from '../../kernel/languages.js';
import { statement, violatedConstraint, type Database, type Tx } from '../../platform/database/database.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { CatalogReference } from './catalog-reference.js';
import { SlugTakenError } from './catalog.errors.js';
import { receiveInitialStock } from './initial-stock.js';
import {
  insertInto,
  insertRows,
  OPTION_COLUMNS,
  OPTION_VALUE_COLUMNS,
  PRODUCT_COLUMNS,
  VARIANT_COLUMNS,
} from './insert-rows.js';
import { announceCatalogChange, refreshListCards } from './list-card.js';
import {
  attributeValueIds,
  categoryColumns,
  NO_WORDS,
  tagIds,
  withTranslations,
  type ProductWords,
} from './product-fields.js';
import type { ProductCreateInput, ProductOptionInput, ProductUpdateInput } from './product.input.js';
import { productColumns, type OptionRow, type ProductRow, type ProductStatus } from './rows.js';
import { cleanText } from './safe-html.js';
import { freeSlug, isSlug, slugFrom } from './slug.js';
import { takenError, variantRow } from './variant-fields.js';

const insertProduct = insertInto('product', PRODUCT_COLUMNS);
const insertOptions = insertInto('product_option', OPTION_COLUMNS);
const insertOptionValues = insertInto('product_option_value', OPTION_VALUE_COLUMNS);
const insertVariants = insertInto('variant', VARIANT_COLUMNS);

const productExists = statement('catalog.product-exists', 'SELECT id FROM product WHERE id = $1');
const lockProduct = statement(
  'catalog.product-lock',
  `SELECT ${productColumns('p')}, p.description, p.category_ids AS "categoryIds" FROM product p WHERE p.id = $1 FOR NO KEY UPDATE`,
);
const slugsLike = statement(
  'catalog.slugs-like',
  `SELECT slug FROM product WHERE slug = $1 OR starts_with(slug, $1 || '-')
   UNION SELECT old_slug FROM slug_redirect WHERE old_slug = $1 OR starts_with(old_slug, $1 || '-')`,
);
const updateProduct = statement(
  'catalog.product-update',
  `UPDATE product SET slug = $2, status = $3, name = $4, summary = $5, description = $6, seo = $7, labels = $8, featured = $9,
     main_category_id = $10, own_category_ids = $11, category_ids = $12, tag_ids = $13, attribute_value_ids = $14,
     version = version + 1, updated_at = now()
   WHERE id = $1`,
);
// The name of a variant without choices is the product's own.
const renameVariants = statement(
  'catalog.variants-rename',
  `UPDATE variant SET name = $2 WHERE product_id = $1 AND option_value_ids = '{}'`,
);
// A redirect names the product, not a slug: several changes in a row need no chain. The new slug may be one it once had.
const redirectSlug = statement(
  'catalog.slug-redirect',
  `WITH freed AS (DELETE FROM slug_redirect WHERE old_slug = $3)
   INSERT INTO slug_redirect (old_slug, product_id) VALUES ($2, $1)
   ON CONFLICT (old_slug) DO UPDATE SET product_id = EXCLUDED.product_id, created_at = now()`,
);
const forgetRedirect = statement(
  'catalog.slug-redirect-forget',
  'DELETE FROM slug_redirect WHERE old_slug = $1',
);

type StoredProduct = ProductRow & ProductWords & { readonly categoryIds: string[] };

const ATTEMPTS = 5;
const MAX_COMBINED_VALUES = 250;

/** Staff's work on products. Every method is one transaction. */
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly reference: CatalogReference,
    private readonly currency: string,
    private readonly language: Language,
  ) {}

  /**
   * Makes a product with its options, variants and first stock, and answers its id. With an idempotency key of the
   * same person a repeat answers the product that the first call made.
   *
   * @throws SlugTakenError only for a slug that was asked for; one made from the name is made unique
   * @throws SkuTakenError, BarcodeTakenError, VariantExistsError, InvalidInputError, NotFoundError
   */
  async create(input: ProductCreateInput, userId: string): Promise<string> {
    const id = input.idempotencyKey ? v5(input.idempotencyKey, userId) : newId();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.database.transaction((tx) => this.insert(tx, id, input));
        this.reference.drop();
        return id;
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'product_pkey') return id;
        if (constraint === 'product_slug_key' && !input.slug && attempt < ATTEMPTS) continue;
        if (constraint === 'product_slug_key') throw new SlugTakenError();
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
   * Changes what the input names and leaves the rest.
   *
   * @throws StaleVersionError when somebody else was first; nothing is written
   * @throws SlugTakenError, InvalidInputError, NotFoundError
   */
  async update(id: string, input: ProductUpdateInput): Promise<void> {
    const reference = await this.reference.get();
    try {
      await this.database.transaction(async (tx) => {
        const stored = await this.lock(tx, id, input.expectedVersion);
        const words = withTranslations(stored, input.translations ?? [], this.language);
        const slug = input.slug ?? stored.slug;
        const categories = input.categoryIds ? categoryColumns(input.categoryIds, reference) : stored;
        const tags = input.tags ? await tagIds(tx, input.tags, reference, this.language) : stored.tagIds;
        const values = input.attributeValueIds
          ? attributeValueIds(input.attributeValueIds, reference)
          : stored.attributeValueIds;
        if (slug !== stored.slug) await this.moveSlug(tx, stored, slug);
        await tx.count(updateProduct, [
          id,
          slug,
          input.status ?? stored.status,
          words.name,
          words.summary,
          words.description,
          words.seo,
          input.labels ? storedLabels(input.labels) : stored.labels,
          input.featured ?? stored.featured,
          categories.mainCategoryId,
          categories.ownCategoryIds,
          categories.categoryIds,
          tags,
          values,
        ]);
        await tx.count(renameVariants, [id, words.name]);
        await refreshListCards(tx, [id]);
        await announceCatalogChange(tx);
      });
    } catch (error) {
      throw violatedConstraint(error) === 'product_slug_key' ? new SlugTakenError() : error;
    }
    this.reference.drop();
  }

  /** Takes the product from sale; orders and redirects keep it. @throws StaleVersionError, NotFoundError */
  async archive(id: string, expectedVersion: number): Promise<void> {
    await this.update(id, { id, expectedVersion, status: 'ARCHIVED' as ProductStatus } as ProductUpdateInput);
  }

  private async lock(tx: Tx, id: string, expectedVersion: number): Promise<StoredProduct> {
    const stored = await tx.row<StoredProduct>(lockProduct, [id]);
    if (!stored) throw new NotFoundError('product', ['id']);
    if (stored.version !== expectedVersion) throw new StaleVersionError(stored.version);
    return stored;
  }

  private async moveSlug(tx: Tx, stored: StoredProduct, slug: string): Promise<void> {
    assertSlug(slug);
    await tx.count(redirectSlug, [stored.id, stored.slug, slug]);
  }

  private async insert(tx: Tx, id: string, input: ProductCreateInput): Promise<void> {
    if (input.idempotencyKey && (await tx.row(productExists, [id]))) return;
    const reference = await this.reference.get();
    const words = withTranslations(NO_WORDS, input.translations, this.language);
    const slug = await this.newSlug(tx, input.slug ?? null, words.name[this.language] ?? '');
    const categories = categoryColumns(input.categoryIds ?? [], reference);
    const now = new Date().toISOString();
    await insertRows(tx, insertProduct, [
      {
        id,
        slug,
        ...words,
        status: input.status ?? 'DRAFT',
        labels: storedLabels(input.labels ?? []),
        featured: input.featured ?? false,
        currency: this.currency,
        main_category_id: categories.mainCategoryId,
        own_category_ids: categories.ownCategoryIds,
        category_ids: categories.categoryIds,
        tag_ids: await tagIds(tx, input.tags ?? [], reference, this.language),
        attribute_value_ids: attributeValueIds(input.attributeValueIds ?? [], reference),
        created_at: now,
        updated_at: now,
      },
    ]);
    const options = await this.insertOptions(tx, id, input.options ?? []);
    const owner = { id, name: words.name, currency: this.currency, options };
    const variants = input.variants.map((variant, i) =>
      variantRow(owner, variant, i, ['variants', String(i)]),
    );
    await insertRows(tx, insertVariants, variants);
    await receiveInitialStock(
      tx,
      variants.map((variant, i) => ({ id: variant.id, stock: input.variants[i]?.stock ?? 0 })),
    );
    await refreshListCards(tx, [id]);
  }

  private async insertOptions(
    tx: Tx,
    productId: string,
    inputs: readonly ProductOptionInput[],
  ): Promise<OptionRow[]> {
    assertUnique(inputs, ['options']);
    const options = inputs.map((input, index): OptionRow => {
      assertUnique(input.values, ['options', String(index), 'values']);
      const values = input.values.map(({ code, name, swatch }) => ({
        id: newId(),
        code,
        name: this.named(name, ['options', String(index), 'values']),
        swatch: swatch ?? null,
      }));
      return {
        id: newId(),
        productId,
        code: input.code,
        name: this.named(input.name, ['options', String(index)]),
        values,
      };
    });
    if (options.reduce((sum, { values }) => sum + values.length, 0) > MAX_COMBINED_VALUES) {
      throw new InvalidInputError(`At most ${MAX_COMBINED_VALUES} choices in all options together.`, [
        'options',
      ]);
    }
    await insertRows(
      tx,
      insertOptions,
      options.map(({ id, code, name }, position) => ({ id, product_id: productId, code, name, position })),
    );
    await insertRows(
      tx,
      insertOptionValues,
      options.flatMap(({ id, values }) =>
        values.map((value, position) => ({ ...value, option_id: id, position })),
      ),
    );
    return options;
  }

  private named(text: string, path: readonly string[]): LocalizedText {
    const name = cleanText(text);
    if (!name) throw new InvalidInputError('A name is needed.', [...path, 'name']);
    return { [this.language]: name };
  }

  private async newSlug(tx: Tx, wished: string | null, name: string): Promise<string> {
    if (wished) {
      assertSlug(wished);
      await tx.count(forgetRedirect, [wished]);
      return wished;
    }
    const slug = slugFrom(name) || 'product';
    const taken = await tx.rows<{ slug: string }>(slugsLike, [slug]);
    return freeSlug(slug, new Set(taken.map((row) => row.slug)));
  }
}

/** SALE is read off the prices. */
function storedLabels(labels: readonly string[]): string[] {
  return [...new Set(labels)].filter((label) => label !== 'SALE');
}

function assertSlug(slug: string): void {
  if (!isSlug(slug))
    throw new InvalidInputError('Small letters, digits and single dashes, at most 80.', ['slug']);
}

function assertUnique(items: readonly { code: string }[], path: readonly string[]): void {
  if (new Set(items.map(({ code }) => code)).size < items.length)
    throw new InvalidInputError('Each code may be there once.', path);
}
