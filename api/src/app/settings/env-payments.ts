import { z } from 'zod';
import type { PaymentAdapter } from '../../integrations/payments/adapter.js';
import { PAYMENT_ADAPTERS } from '../../integrations/payments/adapters.js';
import type { ProviderName } from '../../integrations/payments/port.js';
import type { Given } from './given-settings.js';

const REAL = PAYMENT_ADAPTERS.filter(({ isReal }) => isReal);
const WORDS = PAYMENT_ADAPTERS.map(({ name }) => name.toLowerCase());
const LEFT_TO_STAFF = 'admin';
const HINT = `write ${WORDS.join(' or ')}; several separated by commas, when each takes another method; or ${LEFT_TO_STAFF}: the one whose keys staff write`;

/** `stripe,other` → [STRIPE, OTHER]: the providers that take new payments; `admin` → none: staff choose one. */
export const paymentProviderSetting = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim().toLowerCase()))
  .transform((words) => (words.length === 1 && words[0] === LEFT_TO_STAFF ? [] : words))
  .pipe(z.array(z.enum(WORDS, { error: HINT })))
  .transform((words) => words.map((word) => word.toUpperCase() as ProviderName));

/** What all providers read of the environment. */
export const providerVariables = z.object(
  Object.assign({}, ...PAYMENT_ADAPTERS.map(({ variables }) => variables)) as z.ZodRawShape,
);

/** The adapters that would take new payments with these settings, whatever staff keep. */
function takingNew(given: Given): typeof PAYMENT_ADAPTERS {
  const words = given['PAYMENT_PROVIDER']?.split(',').map((word) => word.trim().toLowerCase());
  if (words?.includes(LEFT_TO_STAFF)) return REAL;
  if (words) return PAYMENT_ADAPTERS.filter(({ name }) => words.includes(name.toLowerCase()));
  return [REAL.find((adapter) => !isAbsent(adapter, given)) ?? PAYMENT_ADAPTERS.at(-1)].flatMap(
    (adapter) => adapter ?? [],
  );
}

/**
 * What is missing for, or contradicts, the providers that take new payments. The environment has all keys of a provider,
 * or none when staff keep them, so that nobody has to look for them in two places. Whether staff do is asked at the
 * start, when the database can be read.
 */
export function paymentMistakes(given: Given): string[] {
  return [
    ...takingNew(given)
      .filter((adapter) => adapter.integration === null || !isAbsent(adapter, given))
      .flatMap(({ title, required }) =>
        required
          .filter((name) => !given[name])
          .map((name) => `${name} is missing: payments by ${title} need it`),
      ),
    ...PAYMENT_ADAPTERS.flatMap((adapter) => adapter.contradictions?.(given) ?? []),
  ];
}

/** Whether none of its keys is in the environment. */
function isAbsent({ required }: PaymentAdapter, given: Given): boolean {
  return required.every((name) => !given[name]);
}

/** A production shop says itself when it takes no money. */
export function unnamedTestPayments(given: Given): string[] {
  return !given['PAYMENT_PROVIDER'] && takingNew(given).every(({ isReal }) => !isReal)
    ? [
        `PAYMENT_PROVIDER is missing: in production write ${realWords()} with its keys (admin when staff write them in the admin, or test, which takes no money)`,
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
