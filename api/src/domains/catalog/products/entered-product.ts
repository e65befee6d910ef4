import type { Language } from '../../../kernel/languages.js';
import { enteredFields, type Fields, type Tx } from '../../../platform/database/database.js';
import type { ReferenceData } from '../catalog-lookup.js';
import { enteredAttributes, type StoredAttributes } from '../attributes/entered-attributes.js';
import type { GivenMedia } from '../../media/index.js';
import { ProductEntity } from './product.entity.js';
import {
  categoryColumns,
  knownTaxClass,
  tagIds,
  withTranslations,
  type ProductTranslationFields,
} from './product-fields.js';
import type { ProductUpdateInput } from './product.input.js';
import { withSeo } from './seo.input.js';

/** What staff enter of a product that is stored in its own row. */
export type EnteredProduct = Omit<ProductUpdateInput, 'productId' | 'expectedVersion'>;

interface EnteringProduct {
  readonly reference: ReferenceData;
  readonly language: Language;
  /** The image that the hints name, held by this transaction. */
  readonly shared: GivenMedia;
}

/**
 * The columns of a product that follow from an input; what is left out is absent. A field of the input that is named
 * as its column is taken as it is, so a new one needs no line here.
 *
 * @param texts as they are stored, and attributes: translations of some languages keep the others
 * @throws InvalidInputError, NotFoundError
 */
export async function enteredProduct(
  tx: Tx,
  input: EnteredProduct,
  texts: ProductTranslationFields & StoredAttributes,
  { reference, language, shared }: EnteringProduct,
): Promise<Fields<ProductEntity>> {
  const {
    translations,
    categoryIds,
    tags,
    attributeValueIds: valueIds,
    attributes: entries,
    labels,
    taxClass,
    seo,
    ...plain
  } = input;
  const written = translations?.length ? withTranslations(texts, translations, language) : null;
  return {
    ...enteredFields(ProductEntity, plain),
    ...written,
    ...(seo && { seo: withSeo((written ?? texts).seo, seo, shared) }),
    ...(categoryIds && (await categoryColumns(tx, categoryIds))),
    ...(tags && { tagIds: await tagIds(tx, tags, language) }),
    ...(await enteredAttributes(tx, texts, { level: 'PRODUCT', valueIds, entries, path: [] })),
    // SALE is derived from the prices and never stored.
    ...(labels && { labels: [...new Set<string>(labels)].filter((label) => label !== 'SALE') }),
    ...(taxClass && { taxClass: knownTaxClass(taxClass, reference) }),
  };
}
