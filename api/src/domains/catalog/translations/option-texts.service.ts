import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, t, type Database, type Tx } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { optionsByProduct } from '../catalog.loaders.js';
import { announceCatalogChange, refreshProductProjection } from '../listing/product-projection.js';
import { ProductEntity } from '../products/product.entity.js';
import { cleanText } from '../products/safe-html.js';
import { ProductOptionEntity, ProductOptionValueEntity } from '../variants/variant.entity.js';
import { variantName } from '../variants/variant-name.js';
import { productOptionsChanged } from './option-texts.events.js';

/** What an option, or a value of one, is called in some languages; those left out keep their names. */
export interface ChoiceNames {
  readonly id: string;
  readonly name: LocalizedText;
}

export interface OptionTexts {
  readonly options: readonly ChoiceNames[];
  readonly values: readonly ChoiceNames[];
}

interface Change {
  readonly expectedVersion: number;
  readonly actorId: string;
}

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly defaultLanguage: () => Promise<Language>;
}

const raise = statement('catalog.raise-product', {
  params: { productId: t.uuid },
  row: { version: t.int },
  sql: 'UPDATE product SET version = version + 1, updated_at = now() WHERE id = :productId RETURNING version',
});
const chosenValues = statement('catalog.chosen-values', {
  params: { productId: t.uuid },
  row: { id: t.uuid, valueIds: t.uuids, name: t.json<LocalizedText>() },
  sql: `SELECT id, option_value_ids AS "valueIds", name FROM variant
   WHERE product_id = :productId AND option_value_ids <> '{}' ORDER BY id`,
});
const nameVariants = statement('catalog.name-variants', {
  params: { ids: t.uuids, names: t.jsonTexts },
  sql: `UPDATE variant v SET name = n.name FROM unnest(:ids::uuid[], :names::jsonb[]) AS n (id, name)
   WHERE v.id = n.id AND v.name <> n.name`,
});

/**
 * Names of options and of their values in each language. Each change is one transaction: it locks the row of the product
 * (FOR NO KEY UPDATE), compares its version, writes the names, those of its variants, which follow from them, and raises
 * the version. Codes, prices and stock stay, and so do the words of orders that were placed.
 */
export class OptionTextService {
  constructor(private readonly deps: Deps) {}

  /** @throws StaleVersionError, NotFoundError for an option that is no one of the product's, InvalidInputError */
  async rename(productId: string, texts: OptionTexts, { expectedVersion, actorId }: Change): Promise<void> {
    const required = await this.deps.defaultLanguage();
    await this.deps.database.transaction(async (tx) => {
      const product = await tx.repository(ProductEntity).lock({ id: productId });
      if (!product) throw new NotFoundError('product', ['productId']);
      if (product.version !== expectedVersion) throw new StaleVersionError(product.version);
      if (!(await writeNames(tx, productId, texts, required))) return;
      await nameVariantsAgain(tx, product);
      const raised = await tx.row(raise, { productId });
      await refreshProductProjection(tx, [productId]);
      await announceCatalogChange(tx);
      await this.deps.outbox.append(
        tx,
        productOptionsChanged(productId, { version: raised?.version ?? 0, changedBy: actorId }),
      );
    });
    this.deps.outbox.notifyRelay();
  }
}

async function writeNames(
  tx: Tx,
  productId: string,
  texts: OptionTexts,
  required: Language,
): Promise<boolean> {
  let isChanged = false;
  for (const { id, name } of texts.options) {
    const option = await tx.repository(ProductOptionEntity).lock({ id, productId });
    if (!option) throw new NotFoundError('option', ['options']);
    const written = named(option.name, name, required, 'options');
    if (await tx.repository(ProductOptionEntity).update(option, { name: written })) isChanged = true;
  }
  for (const { id, name } of texts.values) {
    const value = await tx.repository(ProductOptionValueEntity).lock({ id });
    const option =
      value && (await tx.repository(ProductOptionEntity).find({ id: value.optionId, productId }));
    if (!option) throw new NotFoundError('value', ['values']);
    const written = named(value.name, name, required, 'values');
    if (await tx.repository(ProductOptionValueEntity).update(value, { name: written })) isChanged = true;
  }
  return isChanged;
}

/** @throws InvalidInputError without a name in the shop's default language */
function named(stored: LocalizedText, given: LocalizedText, required: Language, path: string): LocalizedText {
  const entries = Object.entries({ ...stored, ...given }).map(
    ([language, text]) => [language, cleanText(text ?? '')] as const,
  );
  const name = Object.fromEntries(entries.filter(([, text]) => text)) as LocalizedText;
  if (!name[required]) throw new InvalidInputError("The shop's default language is needed.", [path]);
  return name;
}

async function nameVariantsAgain(tx: Tx, product: ProductEntity): Promise<void> {
  const options = await tx.rows(optionsByProduct, { ids: [product.id] });
  const variants = await tx.rows(chosenValues, { productId: product.id });
  const names = variants.map(({ valueIds }) =>
    variantName(
      product.name,
      options.flatMap(({ values }) =>
        values.filter(({ id }) => valueIds.includes(id)).map(({ name }) => name),
      ),
    ),
  );
  await tx.count(nameVariants, {
    ids: variants.map(({ id }) => id),
    names: names.map((name) => JSON.stringify(name)),
  });
}
