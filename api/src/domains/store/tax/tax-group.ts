import { z } from 'zod';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { EVERY_LANGUAGE, isLanguage, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { defineSettings } from '../../../platform/settings-group.js';

const LONGEST_MENTION = 300;

const message = z
  .string()
  .transform((text) => visibleText(text).trim())
  .pipe(
    z
      .string()
      .min(1, 'Write a sentence.')
      .max(LONGEST_MENTION, `At most ${LONGEST_MENTION} characters.`)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'One line only.'),
  );

/**
 * Whether the seller is registered for VAT. Without `payerSince` that is so on all days; with it, from that day on, and the
 * opposite before. It turns by the clock alone: no job has to run.
 */
export const taxGroup = defineSettings(
  'tax',
  z.object({
    payer: z.boolean(),
    payerSince: z.iso.date('Write a day.').nullable(),
    mention: z
      .array(z.object({ locale: z.custom<Language>((code) => isLanguage(String(code))), message }))
      .max(EVERY_LANGUAGE.length, 'One sentence for each language.')
      .refine(
        (texts) => new Set(texts.map(({ locale }) => locale)).size === texts.length,
        'One sentence for each language.',
      ),
  }),
);

export type TaxRegistration = z.infer<typeof taxGroup.schema>;

/** Whether the seller charges tax on a day of the shop, YYYY-MM-DD. */
export function chargesTax(
  { payer, payerSince }: Pick<TaxRegistration, 'payer' | 'payerSince'>,
  day: string,
): boolean {
  return payerSince !== null && day < payerSince ? !payer : payer;
}

/** What staff wrote for invoices without tax, by language. */
export function writtenMention({ mention }: TaxRegistration): LocalizedText {
  return Object.fromEntries(mention.map(({ locale, message: text }) => [locale, text]));
}
