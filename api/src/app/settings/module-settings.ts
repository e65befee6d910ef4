import { PaymentMethod } from '../../domains/payments/index.js';
import type { SettingsOf } from '../../platform/module.js';
import type { Env } from './env.js';
import { fieldsOfDemonstration, type GuardedGroup } from './first-settings.js';
import type { modules } from '../modules.js';
import { createMailConnection } from '../mail-connection.js';
import { createPaymentConnections } from '../payment-connections.js';
import { keySource } from './secrets-key.js';

export interface ShopTuning {
  /** Minimum interval in seconds between two status requests for one payment caused by buyers' pages. */
  readonly askAgainSeconds: number;
}

/** The settings of each module, from the environment. */
export function moduleSettings(env: Env, { askAgainSeconds }: ShopTuning): SettingsOf<typeof modules> {
  const { unpaid, kept, cartsPerMinute, cartLinesPerMinute, loginAttempts, refusedLogins } = env.limits;
  const { storefrontUrl, isProduction, captureMethod } = env;
  const { accessMinutes, refreshDays } = env.auth;
  return {
    store: storeSettings(env),
    identity: {
      isProduction,
      storefrontUrl,
      adminUrl: `${env.http.publicUrl}/admin`,
      auth: { accessMinutes, refreshDays },
      limits: { loginAttempts, refusedLogins },
    },
    inventory: { hold: env.stock.hold },
    cart: {
      ...{ cartsPerMinute, linesPerMinute: cartLinesPerMinute },
      keptDays: kept.guestCarts,
      holdLimits: {
        ...{ cart: unpaid.buyer, network: unpaid.network, wide: unpaid.wide },
        freeUnits: unpaid.freeUnits,
      },
    },
    payments: {
      captureMethod,
      webhookBodyDays: kept.webhookBodies,
      connect: (deps) => createPaymentConnections({ env, ...deps }),
    },
    orders: {
      storefrontUrl,
      ...{ unpaidBuyerDays: kept.unpaidBuyers, cardsByHand: captureMethod === 'MANUAL' },
    },
    checkout: {
      settings: { askAgainSeconds },
      limits: unpaid,
    },
    orderEditing: { storefrontUrl },
    audit: { days: kept.audit },
    notifications: notificationSettings(env),
    setup: { adminUrl: `${env.http.publicUrl}/admin`, isProduction },
  };
}

function storeSettings(env: Env): SettingsOf<typeof modules>['store'] {
  const { dataDir, secretsKeys: given, variable, isProduction, isPublic } = env;
  return {
    ...firstSettings(env),
    ...{ secretKeys: keySource({ given, dataDir }), variable },
    situation: { isProduction, isPublic },
  };
}

/** By the group of settings, the variables that its first values come from. */
const VARIABLES = {
  beginning: [],
  shop: ['SHOP_NAME'],
  brand: ['SHOP_ACCENT'],
  regional: ['SHOP_CURRENCY', 'SHOP_COUNTRY', 'SHOP_TIME_ZONE'],
  languages: ['SHOP_LANGUAGES', 'SHOP_LANGUAGE'],
  contact: ['SHOP_EMAIL', 'SHOP_PHONE'],
  seller: ['SELLER_NAME', 'SELLER_ADDRESS', 'SELLER_TAX_ID', 'SELLER_REGISTRATION_NUMBER'],
  returns: ['RETURN_DAYS'],
  holds: ['RESERVATION_MINUTES', 'BANK_TRANSFER_DAYS', 'CART_HOLD_MINUTES'],
  stock: ['LOW_STOCK_THRESHOLD'],
  payments: ['PAYMENT_METHODS', 'BANK_TRANSFER_HOLDER', 'BANK_TRANSFER_IBAN'],
  invoicing: ['INVOICE_SERIES'],
  holiday: [],
  tax: [],
};

/** What staff find in the settings at the first start. From then on the admin keeps them. */
function firstSettings({
  shop,
  stock,
  invoices,
  bankTransfer,
  givenNames,
  ...env
}: Env): Pick<SettingsOf<typeof modules>['store'], 'first' | 'given' | 'mistakes' | 'unfitFields'> {
  const { seller, series } = invoices;
  return {
    first: {
      beginning: { isOwn: false, isOpen: true },
      shop: { name: shop.name },
      brand: { accent: shop.accent, logo: null, darkLogo: null, icon: null, shareImageId: null },
      regional: { currency: shop.currency, homeCountry: shop.country, timeZone: shop.timeZone },
      languages: {
        ...{ kept: [...shop.languages], offered: [...shop.languages] },
        ...{ defaultLanguage: shop.language, rootLanguage: shop.language },
      },
      contact: { ...shop.contact, links: [] },
      seller,
      returns: { days: shop.returnDays },
      holds: {
        checkoutMinutes: shop.reservationMinutes,
        transferDays: bankTransfer.days,
        cartMinutes: stock.cartHoldMinutes,
      },
      stock: { lowStockThreshold: stock.lowStockThreshold },
      payments: {
        methods: env.paymentMethods.map((method) => PaymentMethod[method]),
        transferHolder: bankTransfer.holder,
        transferIban: bankTransfer.iban,
      },
      invoicing: { series },
      holiday: { from: null, until: null, translations: [] },
      tax: { payer: true, payerSince: null, mention: [] },
    } satisfies Record<keyof typeof VARIABLES, object>,
    given: new Set(
      Object.entries(VARIABLES)
        .filter(([, names]) => names.some((name) => givenNames.has(name)))
        .map(([group]) => group),
    ),
    mistakes: env.firstMistakes,
    unfitFields: (group, values) =>
      env.isPublic && group in env.firstMistakes ? fieldsOfDemonstration(group as GuardedGroup, values) : [],
  };
}

function notificationSettings(env: Env): SettingsOf<typeof modules>['notifications'] {
  const { from, alertTo } = env.mail;
  const { mailsPerDay, kept } = env.limits;
  return {
    ...{ from, alertTo, mailsPerDay, textDays: kept.mailTexts },
    connect: (deps) => createMailConnection({ env, ...deps }),
    adminUrl: `${env.http.publicUrl}/admin`,
    storefrontUrl: env.storefrontUrl,
  };
}
