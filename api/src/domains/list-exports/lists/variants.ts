import { localized, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { statement, t, type Querying } from '../../../platform/database/database.js';

export interface NamedVariant {
  readonly sku: string;
  readonly barcode: string | null;
  readonly product: string;
  readonly variant: string;
}

const namedVariants = statement('listExports.named-variants', {
  params: { ids: t.uuids },
  row: {
    id: t.uuid,
    sku: t.text,
    barcode: t.text.orNull,
    product: t.json<LocalizedText>(),
    variant: t.json<LocalizedText>().orNull,
  },
  sql: `SELECT v.id, v.sku, v.barcode, p.name AS product, v.name AS variant FROM variant v JOIN product p ON p.id = v.product_id
   WHERE v.id = ANY(:ids::uuid[])`,
});

/** Variants, by id, as files name them. */
export async function variantsById(
  database: Querying,
  ids: readonly string[],
  language: Language,
): Promise<ReadonlyMap<string, NamedVariant>> {
  const found = await database.rows(namedVariants, { ids: [...ids] });
  return new Map(
    found.map(({ id, product, variant, ...codes }) => [
      id,
      {
        ...codes,
        product: localized(product, language, language) ?? '',
        variant: localized(variant, language, language) ?? '',
      },
    ]),
  );
}
