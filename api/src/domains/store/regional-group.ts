import { z } from 'zod';
import { isCurrency } from '../../kernel/money.js';
import { isTimeZone } from '../../kernel/shop-time.js';
import { defineSettings } from '../../platform/settings-group.js';

export const regionalGroup = defineSettings(
  'regional',
  z.object({
    // It stays once there is an order: see `settings.guard` of catalog, pricing, cart and orders.
    currency: z
      .string()
      .refine(isCurrency, 'Write a currency by the three letters of ISO 4217, such as EUR.'),
    // Where the shop delivers, and of which country it knows the taxes, is asked of the database (`moveHome`).
    homeCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Write a country by its two letters of ISO 3166-1, such as FR.'),
    timeZone: z
      .string()
      .trim()
      .refine(isTimeZone, 'Write a time zone of the IANA database, such as Europe/Paris.'),
  }),
);

/**
 * The stored home country, in SQL; null where a shop has never stored one. Whoever reads data of the home country asks for it
 * in the same statement: a home of before a move with the data of after it has no taxes.
 */
export const STORED_HOME = `(SELECT value->>'homeCountry' FROM shop_setting WHERE key = '${regionalGroup.key}')`;

/** The stored currency, in SQL. */
export const STORED_CURRENCY = `(SELECT value->>'currency' FROM shop_setting WHERE key = '${regionalGroup.key}')`;
