import { LANGUAGES, type LocalizedText } from '../../../kernel/languages.js';

/**
 * "Verde / M" in every language of the product, from its option values in option order; the product's name without
 * options.
 */
export function variantName(productName: LocalizedText, chosen: readonly LocalizedText[]): LocalizedText {
  if (chosen.length === 0) return productName;
  const name: LocalizedText = {};
  for (const language of LANGUAGES) {
    const words = chosen.map((value) => value[language] ?? Object.values(value).find(Boolean) ?? '');
    if (chosen.some((value) => value[language])) name[language] = words.join(' / ');
  }
  return name;
}
