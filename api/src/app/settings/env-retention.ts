import { z } from 'zod';

const days = (least: number, otherwise = 90) =>
  z.coerce
    .number({ error: 'write a number of days, such as 90' })
    .int('write a whole number of days, such as 90')
    .min(least, `write at least ${least} days`)
    .max(3_650, 'write at most 3650 days')
    .default(otherwise);

const FIVE_YEARS = 1_826;

/** Retention periods; `.env.example` explains each. */
export const keptSettings = {
  KEEP_GUEST_CARTS_DAYS: days(1),
  KEEP_MAIL_TEXTS_DAYS: days(7),
  // A payment that arrives late still finds its buyer.
  KEEP_UNPAID_BUYERS_DAYS: days(14),
  KEEP_EVENTS_DAYS: days(7),
  KEEP_WEBHOOK_BODIES_DAYS: days(7),
  KEEP_AUDIT_DAYS: days(30, FIVE_YEARS),
};

/** For how many days data of people and events is kept after it is closed. */
export interface KeptDays {
  readonly guestCarts: number;
  readonly mailTexts: number;
  readonly unpaidBuyers: number;
  readonly events: number;
  readonly webhookBodies: number;
  readonly audit: number;
}

type KeptSettings = { readonly [K in keyof typeof keptSettings]: z.output<(typeof keptSettings)[K]> };

export function keptDays(env: KeptSettings): KeptDays {
  return {
    guestCarts: env.KEEP_GUEST_CARTS_DAYS,
    mailTexts: env.KEEP_MAIL_TEXTS_DAYS,
    unpaidBuyers: env.KEEP_UNPAID_BUYERS_DAYS,
    events: env.KEEP_EVENTS_DAYS,
    webhookBodies: env.KEEP_WEBHOOK_BODIES_DAYS,
    audit: env.KEEP_AUDIT_DAYS,
  };
}
