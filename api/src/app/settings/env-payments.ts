import { z } from 'zod';
import type { ProviderConnection } from '../../integrations/payments/adapter.js';
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

export interface PaymentProviderSettings {
  /** The providers that take new payments; for each method the first of them that offers it. */
  readonly takesNew: readonly ProviderName[];
  /** Every provider that is set up: payments that one took earlier are refunded, captured and checked there. */
  readonly connections: readonly { readonly name: ProviderName; readonly connect: ProviderConnection }[];
}

/** The providers of this shop, from variables that were parsed. */
export function paymentProviders(
  chosen: readonly ProviderName[] | undefined,
  variables: Readonly<Record<string, unknown>>,
): PaymentProviderSettings {
  const connections = PAYMENT_ADAPTERS.flatMap(({ name, connection }) => {
    const connect = connection(variables);
    return connect ? [{ name, connect }] : [];
  });
  return { takesNew: chosen ?? connections.slice(0, 1).map(({ name }) => name), connections };
}

/** The adapters that would take new payments with these settings. */
function takingNew(given: Given): typeof PAYMENT_ADAPTERS {
  const words = given['PAYMENT_PROVIDER']?.split(',').map((word) => word.trim().toUpperCase());
  if (words) return PAYMENT_ADAPTERS.filter(({ name }) => words.includes(name));
  return [REAL.find(({ required }) => given[required[0] ?? '']) ?? PAYMENT_ADAPTERS.at(-1)].flatMap(
    (adapter) => adapter ?? [],
  );
}

/** What is missing for, or contradicts, the providers that take new payments. */
export function paymentMistakes(given: Given): string[] {
  return [
    ...takingNew(given).flatMap(({ title, required }) =>
      required
        .filter((name) => !given[name])
        .map((name) => `${name} is missing: payments by ${title} need it`),
    ),
    ...PAYMENT_ADAPTERS.flatMap((adapter) => adapter.contradictions?.(given) ?? []),
  ];
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
