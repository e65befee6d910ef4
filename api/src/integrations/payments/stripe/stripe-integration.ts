import { z } from 'zod';
import {
  defineIntegration,
  plain,
  secret,
  type IntegrationProblem,
  type IntegrationTestCode,
  type IntegrationValues,
} from '../../../platform/integration.js';
import { contradictoryKeys, publishableKey, secretKey, testKeys, weakKeys } from './stripe-keys.js';

/** The fields by the variables whose rules they share. */
const FIELDS = {
  STRIPE_SECRET_KEY: 'secretKey',
  STRIPE_PUBLISHABLE_KEY: 'publishableKey',
  STRIPE_WEBHOOK_SECRET: 'webhookSecret',
} as const;

/** Stripe signs with the old and the new secret for up to a day, when one is rolled in its dashboard. */
const ROLL_HOURS = 24;

export const stripeIntegration = defineIntegration(
  'stripe',
  {
    secretKey: secret(secretKey, { variable: 'STRIPE_SECRET_KEY' }),
    publishableKey: plain(publishableKey, { variable: 'STRIPE_PUBLISHABLE_KEY' }),
    webhookSecret: secret(
      z
        .string()
        .regex(/^whsec_[^\s,]+$/, 'write the signing secret of the webhook endpoint; it begins with whsec_'),
      { variable: 'STRIPE_WEBHOOK_SECRET', previousHours: ROLL_HOURS },
    ),
  },
  {
    check(values, { isProduction, isPublic }) {
      const given = Object.fromEntries(
        Object.entries(FIELDS).flatMap(([variable, name]) => {
          const value = values[name];
          return value === undefined ? [] : [[variable, value]];
        }),
      );
      return [
        ...problems('KEY_MODE_MISMATCH', contradictoryKeys(given)),
        ...(isPublic ? problems('KEY_MODE_MISMATCH', testKeys(given)) : []),
        ...(isProduction ? problems('INVALID_INPUT', weakKeys(given)) : []),
      ];
    },
    async test(values, { variable }): Promise<IntegrationTestCode> {
      const { tryStripe } = await import('./stripe-test.js');
      return tryStripe(secretKeyOf(values), variable('STRIPE_API_BASE'));
    },
  },
);

const secretKeyOf = (values: IntegrationValues): string => values['secretKey'] ?? '';

/** `STRIPE_SECRET_KEY is wrong: …` as a problem of the field. */
function problems(code: IntegrationProblem['code'], sentences: readonly string[]): IntegrationProblem[] {
  return sentences.flatMap((sentence) => {
    const [, variable = '', message = ''] = /^(\w+) is wrong: (.*)$/.exec(sentence) ?? [];
    const field = Object.entries(FIELDS).find(([name]) => name === variable)?.[1];
    return field ? [{ code, field, message }] : [];
  });
}
