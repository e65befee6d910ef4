import { z } from 'zod';
import type { PaymentAdapter } from '../../integrations/payments/adapter.js';
import { PAYMENT_ADAPTERS } from '../../integrations/payments/adapters.js';
import type { ProviderName } from '../../integrations/payments/port.js';
import type { Given } from './given-settings.js';

const REAL = PAYMENT_ADAPTERS.filter(({ isReal }) => isReal);
const WORDS = PAYMENT_ADAPTERS.map(({ name }) => name.toLowerCase());
const HINT = `write ${WORDS.join(' or ')}; several separated by commas, when each takes another method`;

/** `stripe,other` → [STRIPE, OTHER]: the providers that take new payments. */
export const paymentProviderSetting = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim().toLowerCase()))
  .pipe(z.array(z.enum(WORDS, { error: HINT })).min(1, HINT))
  .transform((words) => words.map((word) => word.toUpperCase() as ProviderName));

/** What all providers read of the environment. */
export const providerVariables = z.object(
  Object.assign({}, ...PAYMENT_ADAPTERS.map(({ variables }) => variables)) as z.ZodRawShape,
);

/** The adapters that would take new payments with these settings. */
function takingNew(given: Given): typeof PAYMENT_ADAPTERS {
  const words = given['PAYMENT_PROVIDER']?.split(',').map((word) => word.trim().toUpperCase());
  if (words) return PAYMENT_ADAPTERS.filter(({ name }) => words.includes(name));
  return [REAL.find(({ required }) => given[required[0] ?? '']) ?? PAYMENT_ADAPTERS.at(-1)].flatMap(
    (adapter) => adapter ?? [],
  );
}

/**
 * What is missing for, or contradicts, the providers that take new payments. Staff may keep all keys of a provider in the
 * admin; the environment has all of them or none, so that nobody has to look for them in two places.
 */
export function paymentMistakes(given: Given): string[] {
  return [
    ...takingNew(given)
      .filter((adapter) => !isLeftToStaff(adapter, given))
      .flatMap(({ title, required }) =>
        required
          .filter((name) => !given[name])
          .map((name) => `${name} is missing: payments by ${title} need it`),
      ),
    ...PAYMENT_ADAPTERS.flatMap((adapter) => adapter.contradictions?.(given) ?? []),
  ];
}

/** That a shop offers nothing by a provider until staff have written its keys. */
export function paymentWarnings(given: Given): string[] {
  return takingNew(given)
    .filter((adapter) => isLeftToStaff(adapter, given) && adapter.required.length > 0)
    .map(
      ({ title, required }) =>
        `The keys of ${title} (${required.join(', ')}) are not in the environment: it takes payments once they are written in the admin under Settings, Integrations`,
    );
}

function isLeftToStaff({ integration, required }: PaymentAdapter, given: Given): boolean {
  return integration !== null && required.every((name) => !given[name]);
}

/** A production shop says itself when it takes no money. */
export function unnamedTestPayments(given: Given): string[] {
  return !given['PAYMENT_PROVIDER'] && takingNew(given).every(({ isReal }) => !isReal)
    ? [
        `PAYMENT_PROVIDER is missing: in production write ${realWords()} with its keys (or test, which takes no money)`,
      ]
    : [];
}

export function weakProviderSecrets(given: Given): string[] {
  return PAYMENT_ADAPTERS.flatMap((adapter) => adapter.weakSecrets?.(given) ?? []);
}

/** Why a public shop would give its goods for no money. */
export function testPayments(given: Given): string[] {
  const taking = given['PAYMENT_PROVIDER'] ? takingNew(given) : REAL;
  if (taking.some(({ isReal }) => !isReal))
    return [
      `PAYMENT_PROVIDER is wrong: test takes no money and gives the goods for the card 4242; write ${realWords()}, or STAGING=true for a rehearsal`,
    ];
  return taking.flatMap((adapter) => adapter.noMoney?.(given) ?? []);
}

function realWords(): string {
  return REAL.map(({ name }) => name.toLowerCase()).join(' or ');
}
