import { readTrust, type Trust } from './visitor';

export interface Settings {
  port: number;
  /** The address to listen on: outside production only the loopback address by default. */
  host: string;
  isProduction: boolean;
  apiUrl: URL;
  /** Public origin of the shop, without a slash at the end. */
  origin: string;
  pageCacheSeconds: number;
  /** For how long it goes on answering after it was told to stop, while load balancers learn of it. */
  drainSeconds: number;
  /** The proxies whose forwarding headers are trusted. */
  trustProxy: Trust;
  /** Shared with the API, which then trusts this server from any network; null when both run on one machine. */
  storefrontSecret: string | null;
}

/** Lists all mistakes in the environment at once, instead of one per start. */
export class SettingsError extends Error {}

const WRONG_TRUST =
  'TRUST_PROXY must say how many proxies stand in front of the storefront, such as 1, or the networks they are in, such as 10.0.0.0/8; true would believe any address that a visitor writes';

/**
 * Reads the environment.
 *
 * @throws SettingsError with one line per mistake
 */
export function readSettings(given: Record<string, string | undefined>): Settings {
  const mistakes: string[] = [];
  // An empty variable counts as absent, as in the API.
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()));
  const port = wholeNumber('STOREFRONT_PORT', environment.STOREFRONT_PORT ?? '3000', 65535, mistakes);
  const apiUrl = address('API_URL', environment.API_URL ?? 'http://127.0.0.1:4000', mistakes);
  const shopUrl = address(
    'STOREFRONT_URL',
    environment.STOREFRONT_URL ?? `http://localhost:${port}`,
    mistakes,
  );
  const seconds = wholeNumber('PAGE_CACHE_SECONDS', environment.PAGE_CACHE_SECONDS ?? '10', 3600, mistakes);
  const isProduction = environment.NODE_ENV === 'production';
  const drain = environment.SHUTDOWN_DRAIN_SECONDS ?? (isProduction ? '5' : '0');
  const drainSeconds = Number(drain);
  if (!(drainSeconds >= 0 && drainSeconds <= 300))
    mistakes.push(`SHUTDOWN_DRAIN_SECONDS must be a number from 0 to 300, not "${drain}"`);
  const trustProxy = readTrust(environment.TRUST_PROXY ?? '');
  if (!trustProxy) mistakes.push(WRONG_TRUST);
  const storefrontSecret = environment.STOREFRONT_SECRET || null;
  if (storefrontSecret && storefrontSecret.length < 32)
    mistakes.push('STOREFRONT_SECRET must be at least 32 random characters (openssl rand -base64 48)');
  if (mistakes.length || !trustProxy) {
    throw new SettingsError(
      `The storefront cannot start:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  const host = environment.STOREFRONT_HOST || (isProduction ? '0.0.0.0' : '127.0.0.1');
  const { origin } = shopUrl;
  return {
    port,
    host,
    isProduction,
    apiUrl,
    origin,
    pageCacheSeconds: seconds,
    drainSeconds,
    trustProxy,
    storefrontSecret,
  };
}

function wholeNumber(name: string, text: string, highest: number, mistakes: string[]): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= highest && text.trim() !== '') return number;
  mistakes.push(`${name} must be a whole number from 0 to ${highest}, not "${text}"`);
  return 0;
}

function address(name: string, text: string, mistakes: string[]): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) {
    // Browsers know a host by its name without the dot of the root.
    url.hostname = url.hostname.replace(/\.$/, '');
    return url;
  }
  mistakes.push(`${name} must be an address such as http://127.0.0.1:4000, not "${text}"`);
  return new URL('http://invalid.invalid');
}
