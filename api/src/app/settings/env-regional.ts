import { z } from 'zod';
import { FIRST_VAT, knowsVatOf } from '../../kernel/address/first-vat.js';
import { EVERY_LANGUAGE, FIRST_LANGUAGE, isLanguage, type Language } from '../../kernel/languages.js';
import { isCurrency } from '../../kernel/money.js';
import { FIRST_TIME_ZONE, isTimeZone } from '../../kernel/shop-time.js';

const LANGUAGES_HINT = 'write languages by their codes of ISO 639-1, such as ro,en, comma-separated';

/** Where the shop is: its country, its money, its language, its hours. */
export const regionalSettings = {
  SHOP_CURRENCY: z.string().refine(isCurrency, 'write an ISO 4217 code such as RON').default('RON'),
  SHOP_LANGUAGE: z
    .enum(EVERY_LANGUAGE, { error: 'write a language by its code of ISO 639-1, such as ro' })
    .default(FIRST_LANGUAGE),
  SHOP_LANGUAGES: z
    .string()
    .transform((text) => text.split(',').map((code) => code.trim().toLowerCase()))
    .pipe(z.array(z.custom<Language>((code) => isLanguage(String(code)), LANGUAGES_HINT)))
    .optional(),
  SHOP_COUNTRY: z
    .string()
    .trim()
    .toUpperCase()
    .refine(
      knowsVatOf,
      `write a country whose taxes the program knows: ${Object.keys(FIRST_VAT).sort().join(', ')}`,
    )
    .default('RO'),
  SHOP_TIME_ZONE: z
    .string()
    .trim()
    .refine(isTimeZone, 'write a time zone such as Europe/Bucharest')
    .default(FIRST_TIME_ZONE),
};
