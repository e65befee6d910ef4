import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { withTranslations } from '../products/product-fields.js';
import type { GivenMedia } from '../../media/index.js';
import type { SeoColumn } from '../rows.js';
import { withSeo, type SeoInput } from '../products/seo.input.js';
import type { CategoryTranslationInput } from './category.input.js';

/** A category's texts, as stored. */
export interface CategoryTexts {
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly seo: SeoColumn;
}

export const NO_TEXTS: CategoryTexts = { name: {}, description: {}, seo: {} };

/**
 * The texts with these translations applied: an absent field is kept, null clears it. The description of a category is
 * a short plain text, as the summary of a product is.
 *
 * @throws InvalidInputError without a name in the shop's default language
 */
export function withCategoryTexts(
  { name, description: summary, seo }: CategoryTexts,
  translations: readonly CategoryTranslationInput[],
  required: Language,
): CategoryTexts {
  const texts = withTranslations(
    { name, summary, description: {}, seo },
    translations.map(({ description, ...text }) => ({ ...text, summary: description })),
    required,
  );
  return { name: texts.name, description: texts.summary, seo: texts.seo };
}

/** The same with hints for search engines. */
export function withHints(texts: CategoryTexts, hints: SeoInput | null, shared: GivenMedia): CategoryTexts {
  return hints ? { ...texts, seo: withSeo(texts.seo, hints, shared) } : texts;
}
