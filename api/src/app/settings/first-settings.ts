import { demoAccount, demoSeller } from './demo-values.js';
import { methodsNamed } from './env-values.js';
import type { Given } from './given-settings.js';
import { isPublicShop } from './production-settings.js';

/** The groups of settings without which a shop must not begin to sell. */
export type GuardedGroup = 'seller' | 'payments';

/** What keeps a shop from its first start: from then on the settings that staff keep hold, whatever stands here. */
export function firstMistakes(env: Given): Readonly<Record<GuardedGroup, readonly string[]>> {
  const isPublic = isPublicShop(env);
  return {
    seller: isPublic ? demoSeller(env) : [],
    payments: [...missingAccount(env), ...(isPublic ? demoAccount(env) : [])],
  };
}

/** The variable of each field that a public shop must not have from the demonstration. */
const VARIABLES = {
  seller: { name: 'SELLER_NAME', address: 'SELLER_ADDRESS', taxId: 'SELLER_TAX_ID' },
  payments: { transferHolder: 'BANK_TRANSFER_HOLDER', transferIban: 'BANK_TRANSFER_IBAN' },
} as const;

/** The fields of a group that are the demonstration's: also of a database that was filled before the shop went public. */
export function fieldsOfDemonstration(group: GuardedGroup, values: object): string[] {
  const named = Object.entries(VARIABLES[group]).map(([field, variable]) => {
    const value = (values as Readonly<Record<string, unknown>>)[field] ?? '';
    return { field, variable, text: Array.isArray(value) ? value.join('|') : String(value) };
  });
  const given: Given = Object.fromEntries(named.map(({ variable, text }) => [variable, text]));
  const wrong = group === 'seller' ? demoSeller(given) : demoAccount(given);
  return named
    .filter(({ variable }) => wrong.some((sentence) => sentence.startsWith(`${variable} `)))
    .map(({ field }) => field);
}

function missingAccount(env: Given): string[] {
  if (env.NODE_ENV !== 'production' || !methodsNamed(env.PAYMENT_METHODS ?? '').includes('bank_transfer'))
    return [];
  return (['BANK_TRANSFER_HOLDER', 'BANK_TRANSFER_IBAN'] as const)
    .filter((name) => !env[name])
    .map((name) => `${name} is missing: buyers who pay by bank transfer need it`);
}
