import { testPayments, weakProviderSecrets } from './env-payments.js';
import type { Given } from './given-settings.js';

const SELLER = ['SELLER_NAME', 'SELLER_ADDRESS', 'SELLER_TAX_ID'] as const;
const SECRETS = ['JWT_SECRET', 'STOREFRONT_SECRET'] as const;
/** A random secret of 32 characters has about twenty different ones; a repeated word has fewer than this. */
const FEWEST_CHARACTERS = 10;

/** Settings with which a public shop must not start; each sentence says what to write instead. */
export function productionMistakes(env: Given): string[] {
  return [
    ...weakSecrets(env),
    ...unsafeSettings(env),
    // A shop whose own URL is this machine is not public: a measurement, or a check of the production build.
    ...(isThisMachine(env.STOREFRONT_URL) ? [] : publicMistakes(env)),
  ];
}

function publicMistakes(env: Given): string[] {
  const addresses = [...insecure('STOREFRONT_URL', env.STOREFRONT_URL), ...publicApi(env.API_PUBLIC_URL)];
  return env.STAGING === 'true' || env.STAGING === '1'
    ? addresses
    : [...addresses, ...testPayments(env), ...noMail(env), ...demoSeller(env)];
}

function weakSecrets(env: Given): string[] {
  const wrong = SECRETS.filter((name) => env[name] && new Set(env[name]).size < FEWEST_CHARACTERS).map(
    (name) =>
      `${name} is wrong: it repeats itself and can be guessed; write random ones (openssl rand -base64 48)`,
  );
  return [...wrong, ...weakProviderSecrets(env)];
}

function unsafeSettings(env: Given): string[] {
  return /(^|[\s,["])\*/.test(env.CORS_ORIGINS ?? '')
    ? ['CORS_ORIGINS is wrong: * lets the pages of every site call the API; name the sites']
    : [];
}

function insecure(name: string, address: string | undefined): string[] {
  return address?.startsWith('http://')
    ? [
        `${name} is wrong: write https://, for browsers keep the sign-in of a shop for encrypted connections only`,
      ]
    : [];
}

function publicApi(address: string | undefined): string[] {
  if (!address)
    return ['API_PUBLIC_URL is missing: write the address of the API as browsers reach it, for pictures'];
  return isThisMachine(address)
    ? ['API_PUBLIC_URL is wrong: it names this machine, which no customer reaches; pictures would be missing']
    : insecure('API_PUBLIC_URL', address);
}

function noMail(env: Given): string[] {
  const provider = env.MAIL_PROVIDER ?? ((env.POSTMARK_SERVER_TOKEN ?? env.SMTP_URL) ? 'chosen' : 'inbox');
  if (provider === 'inbox')
    return [
      'MAIL_PROVIDER is wrong: the inbox sends nothing, so no customer would get a mail; write postmark or smtp, or STAGING=true',
    ];
  return env.MAIL_FROM ? [] : ['MAIL_FROM is missing: write the sender of the mails to customers'];
}

function demoSeller(env: Given): string[] {
  const wrong = SELLER.filter((name) => !env[name]).map(
    (name) => `${name} is missing: invoices would name the seller of the demonstration`,
  );
  return env.SELLER_TAX_ID === 'RO00000000'
    ? [...wrong, 'SELLER_TAX_ID is wrong: RO00000000 is that of the demonstration']
    : wrong;
}

function isThisMachine(address: string | undefined): boolean {
  const host = URL.parse(address ?? '')?.hostname ?? '';
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(host);
}
