import { z } from 'zod';
import { FIRST_LANGUAGE, LANGUAGES } from '../../kernel/languages.js';
import { FIRST_TIME_ZONE, isTimeZone } from '../../kernel/shop-time.js';

/** Where the shop is: its money, its language, its hours. */
export const regionalSettings = {
  SHOP_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write an ISO 4217 code such as RON')
    .default('RON'),
  SHOP_LANGUAGE: z.enum(LANGUAGES, { error: `write one of ${LANGUAGES.join(', ')}` }).default(FIRST_LANGUAGE),
  SHOP_TIME_ZONE: z
    .string()
    .trim()
    .refine(isTimeZone, 'write a time zone such as Europe/Bucharest')
    .default(FIRST_TIME_ZONE),
};
