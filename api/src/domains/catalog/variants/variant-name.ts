import { writtenLanguages, type LocalizedText } from '../../../kernel/languages.js';

/**
 * "Verde / M" in every language of the product, from its option values in option order; the product's name without
 * options.
 */
export function variantName(productName: LocalizedText, chosen: readonly LocalizedText[]): LocalizedText {
  if (chosen.length === 0) return productName;
  const name: LocalizedText = {};
  for (const language of new Set(chosen.flatMap(writtenLanguages))) {
    const words = chosen.map((value) => value[language] ?? Object.values(value).find(Boolean) ?? '');
    name[language] = words.join(' / ');
  }
  return name;
}
