import { PaymentMethod } from '../domains/payments/index.js';
import type { SettingsOf } from '../platform/module.js';
import type { Env } from './env.js';
import type { modules } from './modules.js';
import { createMailProvider, createPaymentProviders } from './providers.js';

/** The name of the demo shop; a setting of the shop once there is a screen for it. */
const SHOP_NAME = 'Lut & Lână';

export interface ShopTuning {
  /** How often one payment is asked after at its provider because buyers' pages want to know, in seconds. */
  readonly askAgainSeconds: number;
}

/** What the environment says to each module. */
export function moduleSettings(env: Env, { askAgainSeconds }: ShopTuning): SettingsOf<typeof modules> {
  const { currency, language, returnDays, reservationMinutes } = env.shop;
  const { unpaid, cartsPerMinute, cartLinesPerMinute, mailsPerDay, refusedLogins } = env.limits;
  const { storefrontUrl, isProduction, captureMethod } = env;
  const { accessMinutes, refreshDays } = env.auth;
  return {
    store: undefined,
    identity: {
      isProduction,
      storefrontUrl,
      auth: { accessMinutes, refreshDays },
      limits: { refusedLogins },
    },
    catalog: { currency, defaultLanguage: language },
    pricing: undefined,
    inventory: env.stock,
    cart: {
      ...{ currency, cartsPerMinute, linesPerMinute: cartLinesPerMinute },
      holdLimits: {
        ...{ cart: unpaid.buyer, network: unpaid.network, wide: unpaid.wide },
        freeUnits: unpaid.freeUnits,
      },
    },
    payments: {
      captureMethod,
      connect: (database, watch) => createPaymentProviders(env.payments, database, watch),
    },
    orders: { bankAccount: env.bankTransfer, returnDays, currency },
    checkout: {
      shop: { name: SHOP_NAME, currency, returnDays },
      settings: {
        ...{ reservationMinutes, language, askAgainSeconds },
        bankTransferDays: env.bankTransfer.days,
        paymentMethods: env.paymentMethods.map((method) => PaymentMethod[method]),
      },
      limits: unpaid,
    },
    desk: { storefrontUrl, currency, language },
    returns: { days: returnDays },
    documents: env.invoices,
    notifications: {
      connect: (database) => createMailProvider(env.mail, database),
      from: env.mail.from,
      alertTo: env.mail.alertTo,
      cardsByHand: captureMethod === 'MANUAL',
      bankAccount: env.bankTransfer,
      adminUrl: `${env.http.publicUrl}/admin`,
      ...{ storefrontUrl, language, mailsPerDay },
    },
    integrity: undefined,
  };
}
