import { FIRST_LANGUAGE } from '../../kernel/languages.js';
import { paymentMistakes, unnamedTestPayments } from './env-payments.js';
import type { Given } from './given-settings.js';
import { productionMistakes } from './production-settings.js';

/** Settings that are well-formed by themselves but contradict each other. Reads the settings as given. */
export function contradictions(env: Given): string[] {
  const mistakes = [...paymentMistakes(env), ...hiddenDefault(env)];
  // Tests move the clock by months.
  if (env.NODE_ENV !== 'test' && Number(env.ACCESS_TOKEN_MINUTES) > 60)
    mistakes.push('ACCESS_TOKEN_MINUTES is too long: write at most 60, clients renew by themselves');
  if (env.NODE_ENV !== 'production') return mistakes;

  if (!env.JWT_SECRET)
    mistakes.push('JWT_SECRET is missing: write at least 32 random characters (openssl rand -base64 48)');
  if (!env.STOREFRONT_URL)
    mistakes.push(
      'STOREFRONT_URL is missing: write the public address of the shop, such as https://shop.example',
    );
  return [...mistakes, ...unnamedTestPayments(env), ...productionMistakes(env)];
}

/** What buyers read who ask for no language is in one that they are offered. */
function hiddenDefault({ SHOP_LANGUAGES: offered, SHOP_LANGUAGE: chosen = FIRST_LANGUAGE }: Given): string[] {
  if (
    offered === undefined ||
    offered
      .toLowerCase()
      .split(/[\s,]+/)
      .includes(chosen)
  )
    return [];
  return [`SHOP_LANGUAGE is wrong: write one of SHOP_LANGUAGES (${offered})`];
}
