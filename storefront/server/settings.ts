export interface Settings {
  port: number;
  apiUrl: URL;
  /** Public origin of the shop, without a slash at the end. */
  origin: string;
  pageCacheSeconds: number;
}

/** Says everything that is wrong with the environment at once, instead of one thing per start. */
export class SettingsError extends Error {}

/**
 * Reads the environment.
 *
 * @throws SettingsError with one line per mistake
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const mistakes: string[] = [];
  const port = wholeNumber('STOREFRONT_PORT', environment.STOREFRONT_PORT ?? '3000', 65535, mistakes);
  const apiUrl = address('API_URL', environment.API_URL ?? 'http://127.0.0.1:4000', mistakes);
  const shopUrl = address(
    'STOREFRONT_URL',
    environment.STOREFRONT_URL ?? `http://localhost:${port}`,
    mistakes,
  );
  const seconds = wholeNumber('PAGE_CACHE_SECONDS', environment.PAGE_CACHE_SECONDS ?? '10', 3600, mistakes);
  if (mistakes.length) {
    throw new SettingsError(
      `The storefront cannot start:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
    );
  }
  return { port, apiUrl, origin: shopUrl.origin, pageCacheSeconds: seconds };
}

function wholeNumber(name: string, text: string, highest: number, mistakes: string[]): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number <= highest && text.trim() !== '') return number;
  mistakes.push(`${name} must be a whole number from 0 to ${highest}, not "${text}"`);
  return 0;
}

function address(name: string, text: string, mistakes: string[]): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  mistakes.push(`${name} must be an address such as http://127.0.0.1:4000, not "${text}"`);
  return new URL('http://invalid.invalid');
}
