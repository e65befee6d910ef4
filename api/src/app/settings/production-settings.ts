import { isGuessable, unpredictableCharacters } from '../../kernel/guessable.js';
import { hostOf, isPrivateHost, isThisMachine } from '../../kernel/web-address.js';
import { testPayments, weakProviderSecrets } from './env-payments.js';
import { originsSetting } from './env-values.js';
import type { Given } from './given-settings.js';
import { mailMistakes, mailWarnings } from './production-mail.js';

/** The secrets that the owner makes up. */
const SECRETS = ['JWT_SECRET', 'STOREFRONT_SECRET', 'POSTMARK_WEBHOOK_PASSWORD', 'SECRETS_KEY'] as const;
/** Of these there may be two, comma-separated, while one replaces the other. */
const LISTS: readonly string[] = ['POSTMARK_WEBHOOK_PASSWORD', 'SECRETS_KEY'];

/** Settings with which a public shop must not start; each sentence says what to write instead. */
export function productionMistakes(env: Given): string[] {
  return [
    ...weakSecrets(env),
    ...(isEverybodyAllowed(env)
      ? ['CORS_ORIGINS is wrong: * lets the pages of every site call the API; name the sites']
      : []),
    ...(isAtThisMachineOnly(env) ? [] : publicMistakes(env)),
  ];
}

/** What a public shop may mean, but most do not: it starts, and the log says so. */
export function productionWarnings(env: Given): string[] {
  if (!isPublicShop(env)) return [];
  const plain = originsOf(env).filter(
    (origin) => origin.startsWith('http:') && !isThisMachine(hostOf(origin)),
  );
  return [
    ...mailWarnings(env),
    ...plain.map(
      (origin) => `CORS_ORIGINS names ${origin}: whoever is on the way to it can call the API in its name`,
    ),
  ];
}

/** Whether customers can reach the shop, and it is no rehearsal. */
export function isPublicShop(env: Given): boolean {
  return env.NODE_ENV === 'production' && !isStaging(env) && !isAtThisMachineOnly(env);
}

/** A shop that only this machine reaches is not public: a measurement, or a check of the production build. */
function isAtThisMachineOnly(env: Given): boolean {
  const { STOREFRONT_URL: shop = '', API_PUBLIC_URL: api } = env;
  return isThisMachine(hostOf(shop)) && (!api || isThisMachine(hostOf(api)));
}

function isStaging(env: Given): boolean {
  return env.STAGING === 'true' || env.STAGING === '1';
}

function publicMistakes(env: Given): string[] {
  const { STOREFRONT_URL: shop, API_PUBLIC_URL: api } = env;
  const addresses = [
    ...(shop ? unreachable('STOREFRONT_URL', shop, env) : []),
    ...(api
      ? unreachable('API_PUBLIC_URL', api, env)
      : ['API_PUBLIC_URL is missing: write the address of the API as browsers reach it, for images']),
  ];
  return isStaging(env)
    ? addresses
    : [...addresses, ...testPayments(env), ...mailMistakes(env), ...databasePassword(env)];
}

/** Why customers could not use an address, or not safely. */
function unreachable(name: string, address: string, env: Given): string[] {
  const host = hostOf(address);
  if (isThisMachine(host))
    return [`${name} is wrong: it names this machine, which no customer reaches; write the public address`];
  if (isPrivateHost(host) && !isStaging(env))
    return [`${name} is wrong: ${host} is known in a network of your own only; write the public address`];
  return URL.parse(address)?.protocol === 'http:'
    ? [
        `${name} is wrong: write https://, for browsers keep the sign-in of a shop for encrypted connections only`,
      ]
    : [];
}

function weakSecrets(env: Given): string[] {
  const known = ownWords(env);
  const wrong = SECRETS.filter((name) =>
    secretsOf(name, env).some((secret) => isGuessable(secret, known)),
  ).map(
    (name) =>
      `${name} is wrong: it repeats itself, counts up or is a placeholder, so it can be guessed; write a random one (openssl rand -base64 48)`,
  );
  return [...wrong, ...weakProviderSecrets(env)];
}

function secretsOf(name: (typeof SECRETS)[number], env: Given): string[] {
  const text = env[name] ?? '';
  return (LISTS.includes(name) ? text.split(',') : [text]).filter((secret) => secret !== '');
}

/** What anybody knows of the shop: its name, its seller and its addresses, whole and word by word. */
function ownWords(env: Given): string[] {
  const names = [env.SHOP_NAME, env.SELLER_NAME, env.MAIL_FROM, hostOf(env.STOREFRONT_URL ?? '')];
  const plain = names.map((name) => (name ?? '').normalize('NFKD').replaceAll(/\p{M}/gu, ''));
  return plain.flatMap((name) => [name.replaceAll(/[^\p{L}\d]/gu, ''), ...name.split(/[^\p{L}\d]+/u)]);
}

function originsOf(env: Given): readonly string[] {
  return originsSetting.safeParse(env.CORS_ORIGINS ?? '').data ?? [];
}

function isEverybodyAllowed(env: Given): boolean {
  return originsOf(env).includes('*');
}

/** Nobody tries out so many characters one after the other; fewer are a word, a row of the keyboard or a year behind it. */
const FEWEST_OF_A_PASSWORD = 4;

/** Without a password the server itself decides who may connect: by certificate, socket or network. */
function databasePassword(env: Given): string[] {
  const url = URL.parse(env.DATABASE_URL ?? '');
  const [user, password] = (['user', 'password'] as const).map(
    (part) => url?.searchParams.get(part) ?? decoded((part === 'user' ? url?.username : url?.password) ?? ''),
  );
  if (!password) return [];
  const known = [user ?? '', url?.pathname.slice(1) ?? '', ...ownWords(env)];
  return unpredictableCharacters(password, known) < FEWEST_OF_A_PASSWORD
    ? [
        'DATABASE_URL is wrong: its password is one that everybody tries first; give the user another one in the database (ALTER ROLE … PASSWORD …), and write it here',
      ]
    : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
