import { z } from 'zod';
import { readEmailAddress } from '../../kernel/email-address.js';
import { LANGUAGES } from '../../kernel/languages.js';
import { smtpAddress } from '../../integrations/mail/smtp/smtp-address.js';
import { webAddress } from '../../kernel/web-address.js';
import { contradictions } from './contradictions.js';
import { DEMO_ACCOUNT, DEMO_SELLER, DEMO_SENDER } from './demo-values.js';
import { folderSettings } from './env-folders.js';
import { paymentProviderSetting, providerVariables } from './env-payments.js';
import { databaseOf, databaseSettings } from './env-database.js';
import { regionalSettings } from './env-regional.js';
import { limitSettings, limitsOf } from './env-limits.js';
import { ibanSetting, methodsNamed, originsSetting, secretsKeySetting, senderSetting } from './env-values.js';
import { firstMistakes } from './first-settings.js';
import { isPublicShop, productionWarnings } from './production-settings.js';
import { keptSecret } from './stored-secret.js';
import type { Given } from './given-settings.js';
import { trustProxySetting } from '../http/trusted-proxies.js';

const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'write true or false' })
  .transform((v) => v === 'true' || v === '1');
const port = z.coerce
  .number({ error: 'write a port number' })
  .int()
  .min(1, 'write a port from 1 to 65535')
  .max(65535, 'write a port from 1 to 65535');
const positive = (what: string) => z.coerce.number({ error: `write ${what}` }).positive(`write ${what}`);

const emailAddress = z.string().transform((text, context) => {
  const address = readEmailAddress(text);
  if (address === null) context.addIssue('write an e-mail address');
  return address ?? z.NEVER;
});

const PAYMENT_METHODS_HINT =
  'write card, cash_on_delivery and bank_transfer, as many as you offer, comma-separated';

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'write development, production or test' })
    .default('development'),
  STAGING: flag.default(false),
  ...databaseSettings,
  ...folderSettings,
  API_PORT: port.default(4000),
  API_HOST: z.string().min(1, 'write an address to listen on, such as 0.0.0.0').optional(),
  STOREFRONT_PORT: port.default(3000),
  STOREFRONT_URL: webAddress.optional(),
  API_PUBLIC_URL: webAddress.optional(),
  SECRETS_KEY: secretsKeySetting.default([]),
  JWT_SECRET: z.string().min(32, 'write at least 32 random characters (openssl rand -base64 48)').optional(),
  STOREFRONT_SECRET: z
    .string()
    .min(32, 'write at least 32 random characters (openssl rand -base64 48), the same for the storefront')
    .optional(),
  ACCESS_TOKEN_MINUTES: positive('the lifetime in minutes, such as 30').default(30),
  REFRESH_TOKEN_DAYS: positive('the lifetime in days, such as 7')
    .max(90, 'write at most 90: no session lasts longer')
    .default(7),
  CORS_ORIGINS: originsSetting.default([]),
  TRUST_PROXY: trustProxySetting.optional(),
  GRAPHIQL: flag.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'write trace, debug, info, warn, error or silent',
    })
    .default('info'),
  SHUTDOWN_DRAIN_SECONDS: z.coerce
    .number({ error: 'write a number of seconds, such as 5' })
    .min(0, 'write 0 or more seconds')
    .max(300, 'write at most 300 seconds')
    .optional(),
  RUN_WORKER: flag.default(true),
  SHOP_NAME: z.string().trim().min(1, 'write the name of the shop').max(80).default('Lut & Lână'),
  SHOP_ACCENT: z
    .string()
    .trim()
    .regex(/^#[0-9a-f]{6}$/i, 'write a colour such as #9c4524')
    .default('#9c4524'),
  SHOP_EMAIL: emailAddress.optional(),
  SHOP_PHONE: z.string().trim().min(5, 'write a telephone number').max(40).optional(),
  ...regionalSettings,
  RETURN_DAYS: z.coerce
    .number({ error: 'write a number of days, such as 30' })
    .int('write a number of days, such as 30')
    .min(0, 'write a number of days, such as 30')
    .default(30),
  RESERVATION_MINUTES: positive('how long a checkout holds stock, in minutes, such as 30').default(30),
  STOCK_HOLD: z.enum(['checkout', 'cart'], { error: 'write checkout or cart' }).default('checkout'),
  CART_HOLD_MINUTES: positive('how long a cart holds stock, in minutes, such as 20').default(20),
  LOW_STOCK_THRESHOLD: z.coerce
    .number({ error: 'write a number of units, such as 3' })
    .int('write a whole number of units')
    .min(0, 'write 0 or more')
    .default(3),
  PAYMENT_PROVIDER: paymentProviderSetting.optional(),
  PAYMENT_METHODS: z
    .string()
    .transform(methodsNamed)
    .pipe(
      z
        .array(z.enum(['card', 'cash_on_delivery', 'bank_transfer'], { error: PAYMENT_METHODS_HINT }))
        .min(1, PAYMENT_METHODS_HINT),
    )
    .optional(),
  PAYMENT_CAPTURE: z
    .enum(['automatic', 'manual'], { error: 'write automatic or manual' })
    .default('automatic'),
  BANK_TRANSFER_HOLDER: z.string().min(2, 'write the name on the account').optional(),
  BANK_TRANSFER_IBAN: ibanSetting.optional(),
  BANK_TRANSFER_DAYS: positive('how long a bank transfer is waited for, in days, such as 7')
    .max(60)
    .default(7),
  MAIL_PROVIDER: z
    .enum(['postmark', 'smtp', 'inbox', 'admin'], { error: 'write postmark, smtp, inbox or admin' })
    .optional(),
  MAIL_FROM: senderSetting.default(DEMO_SENDER),
  POSTMARK_SERVER_TOKEN: z.string().min(1, "write the server token from Postmark's dashboard").optional(),
  POSTMARK_WEBHOOK_PASSWORD: z
    .string()
    .regex(
      /^[^,]{16,}(,[^,]{16,})?$/,
      'write at least 16 random characters (two passwords while one replaces the other: comma-separated)',
    )
    .optional(),
  POSTMARK_API_BASE: webAddress.optional(),
  SMTP_URL: smtpAddress.optional(),
  SELLER_NAME: z.string().min(1, 'write the name that stands on invoices').default(DEMO_SELLER.name),
  SELLER_ADDRESS: z
    .string()
    .min(1, 'write the address that stands on invoices, its lines divided by |')
    .default(DEMO_SELLER.address),
  SELLER_TAX_ID: z.string().min(1, 'write the tax number that stands on invoices').default(DEMO_SELLER.taxId),
  SELLER_REGISTRATION_NUMBER: z.string().trim().min(1).max(60).optional(),
  INVOICE_SERIES: z
    .string()
    .regex(/^[A-Z0-9]{1,10}$/, 'write 1 to 10 capital letters or digits, such as LL')
    .default('LL'),
  ADMIN_ALERT_EMAIL: emailAddress.optional(),
  ...limitSettings,
});

/** Every environment variable that the API reads; `.env.example` explains each. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(schema.shape),
  ...Object.keys(providerVariables.shape),
];

type Raw = z.infer<typeof schema>;

/** The settings of all processes; no other code reads the process environment. */
export type Env = ReturnType<typeof shape>;

/** Thrown at start for invalid settings; the message lists every mistake at once. */
export class EnvError extends Error {}

/** @throws EnvError listing every variable that is missing or wrong, each with what to write */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(given);
  const providers = providerVariables.safeParse(given);
  const issues = [...(parsed.error?.issues ?? []), ...(providers.error?.issues ?? [])];
  const wrong = issues.map(({ path, message, code }) => {
    const name = String(path[0]);
    const missing = code === 'invalid_type' && !(name in given);
    return `${name} ${missing ? 'is missing' : 'is wrong'}: ${missing ? (MISSING[name] ?? message) : message}`;
  });
  // Checked also when a variable is invalid, so that all mistakes are reported at once.
  const mistakes = [...wrong, ...contradictions(given)];
  if (!parsed.success || !providers.success || mistakes.length > 0) {
    throw new EnvError(
      `The settings need attention (.env.example explains each):\n${mistakes.map((m) => `  - ${m}`).join('\n')}`,
    );
  }
  return shape(parsed.data, given);
}

const MISSING: Record<string, string> = {
  DATABASE_URL:
    'write postgres://user:password@host:5432/database (npm start brings a database of its own, which commands find while it runs)',
};

function shape(env: Raw, given: Given) {
  const isProduction = env.NODE_ENV === 'production';
  return Object.freeze({
    // The warnings are for the log: what is probably a mistake, but may be meant so.
    ...{ isProduction, warnings: productionWarnings(given) },
    /** Whether customers can reach the shop, and it is no rehearsal. */
    isPublic: isPublicShop(given),
    /** What the first start needs; later ones do without. */
    firstMistakes: firstMistakes(given),
    /** A variable as it was given, for the values of integrations; null when it is not set. */
    variable: (name: string): string | null => given[name] ?? null,
    /** The keys that encrypt the values of integrations, the first one in use. */
    secretsKeys: env.SECRETS_KEY,
    givenNames: new Set(Object.keys(given)) as ReadonlySet<string>,
    logLevel: env.LOG_LEVEL,
    ...{ dataDir: env.DATA_DIR, buildDir: env.BUILD_DIR },
    runWorker: env.RUN_WORKER,
    database: databaseOf(env),
    http: {
      port: env.API_PORT,
      // Outside production the API listens on this machine only.
      host: env.API_HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
      corsOrigins: env.CORS_ORIGINS,
      trustProxy: env.TRUST_PROXY,
      storefrontSecret: env.STOREFRONT_SECRET ?? null,
      graphiql: env.GRAPHIQL ?? !isProduction,
      drainSeconds: env.SHUTDOWN_DRAIN_SECONDS ?? (isProduction ? 5 : 0),
      publicUrl: env.API_PUBLIC_URL ?? `http://localhost:${env.API_PORT}`,
    },
    storefrontUrl: env.STOREFRONT_URL ?? `http://localhost:${env.STOREFRONT_PORT}`,
    auth: {
      // Lazy, because it creates a file on first use, and reading the settings alone must not.
      get secret() {
        return env.JWT_SECRET ?? keptSecret(env.DATA_DIR);
      },
      accessMinutes: env.ACCESS_TOKEN_MINUTES,
      refreshDays: env.REFRESH_TOKEN_DAYS,
    },
    shop: shopSettings(env),
    stock: {
      hold: env.STOCK_HOLD,
      cartHoldMinutes: env.CART_HOLD_MINUTES,
      lowStockThreshold: env.LOW_STOCK_THRESHOLD,
    },
    invoices: invoiceSettings(env),
    // The providers that take new payments; none where staff choose, null while PAYMENT_PROVIDER says nothing.
    payments: { chosen: env.PAYMENT_PROVIDER ?? null },
    paymentMethods: paymentMethods(env),
    captureMethod: env.PAYMENT_CAPTURE === 'manual' ? ('MANUAL' as const) : ('AUTOMATIC' as const),
    bankTransfer: {
      holder: env.BANK_TRANSFER_HOLDER ?? (isProduction ? null : DEMO_ACCOUNT.holder),
      iban: env.BANK_TRANSFER_IBAN ?? (isProduction ? null : DEMO_ACCOUNT.iban),
      days: env.BANK_TRANSFER_DAYS,
    },
    mail: mailSettings(env),
    limits: limitsOf(env),
  });
}

function shopSettings(env: Raw) {
  return {
    name: env.SHOP_NAME,
    accent: env.SHOP_ACCENT,
    contact: { email: env.SHOP_EMAIL ?? null, phone: env.SHOP_PHONE ?? null },
    currency: env.SHOP_CURRENCY,
    languages: env.SHOP_LANGUAGES ?? [...new Set([...LANGUAGES, env.SHOP_LANGUAGE])],
    language: env.SHOP_LANGUAGE,
    country: env.SHOP_COUNTRY,
    timeZone: env.SHOP_TIME_ZONE,
    reservationMinutes: env.RESERVATION_MINUTES,
    returnDays: env.RETURN_DAYS,
  };
}

function invoiceSettings(env: Raw) {
  const lines = env.SELLER_ADDRESS.split('|').map((line) => line.trim());
  const address = lines.filter((line) => line !== '');
  const registrationNumber = env.SELLER_REGISTRATION_NUMBER ?? null;
  const seller = { name: env.SELLER_NAME, address, taxId: env.SELLER_TAX_ID, registrationNumber };
  return { seller, series: env.INVOICE_SERIES };
}

/**
 * The payment methods offered, cards first. Beyond cards, a production shop offers only those that its settings name.
 */
function paymentMethods(env: Raw) {
  const chosen =
    env.PAYMENT_METHODS ??
    (env.NODE_ENV === 'production'
      ? ['card' as const]
      : (['card', 'cash_on_delivery', 'bank_transfer'] as const));
  return (['CARD', 'CASH_ON_DELIVERY', 'BANK_TRANSFER'] as const).filter((method) =>
    chosen.some((name) => name.toUpperCase() === method),
  );
}

function mailSettings(env: Raw) {
  const { MAIL_PROVIDER: named } = env;
  const isLeftToStaff = named === 'admin';
  const byValue = env.POSTMARK_SERVER_TOKEN ? 'postmark' : env.SMTP_URL ? 'smtp' : null;
  const chosen = named === undefined || named === 'admin' ? byValue : named;
  return {
    from: env.MAIL_FROM,
    alertTo: env.ADMIN_ALERT_EMAIL ?? null,
    /** The provider that the environment leads to; null while it says nothing. */
    chosen,
    /** Whether mails wait, rather than lie in the inbox, until staff have written the values of a mail service. */
    isLeftToStaff,
    /** Whether mails may lie in the inbox of a shop that is tried out. */
    hasInbox: chosen === 'inbox' || (chosen === null && !isLeftToStaff),
  };
}
