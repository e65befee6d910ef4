import { z } from 'zod';
import { DomainError } from '../../../kernel/errors.js';
import { sortedLanguages, isLanguage, type Language } from '../../../kernel/languages.js';
import { defineSettings } from '../../../platform/settings-group.js';

const language = z.custom<Language>(
  (code) => typeof code === 'string' && isLanguage(code),
  'Write a language by its code of ISO 639-1, such as de.',
);

/**
 * The languages of the shop. One row with one version holds them all: exactly one is the default, and exactly one is at
 * the root of addresses, by the shape of the value. Those of the admin are others, which the program has words in.
 */
export const languagesGroup = defineSettings(
  'languages',
  z
    .object({
      /** In which staff write texts: those offered, and those that are being prepared. */
      kept: z.array(language),
      /** In which buyers read the shop. */
      offered: z.array(language).min(1, 'At least one language is offered.').transform(sortedLanguages),
      defaultLanguage: language,
      /** Whose pages have no prefix in their addresses. */
      rootLanguage: language,
    })
    .transform(({ kept, ...rest }) => ({ ...rest, kept: sortedLanguages([...kept, ...rest.offered]) })),
);
export type ShopLanguageSettings = z.infer<typeof languagesGroup.schema>;

/** @throws DomainError LANGUAGE_NOT_OFFERED */
export async function refuseHiddenDefault(
  _tx: unknown,
  { offered, defaultLanguage }: ShopLanguageSettings,
): Promise<void> {
  assertOffered(offered, defaultLanguage, ['defaultLanguage']);
}

/**
 * For a language that somebody chooses for a buyer.
 *
 * @throws DomainError LANGUAGE_NOT_OFFERED
 */
export function assertOffered(offered: readonly Language[], chosen: Language, path: readonly string[]): void {
  if (!offered.includes(chosen))
    throw new DomainError('LANGUAGE_NOT_OFFERED', 'The shop does not offer this language to buyers.', path);
}
