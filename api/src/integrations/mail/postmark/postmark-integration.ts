import { z } from 'zod';
import { isGuessable } from '../../../kernel/guessable.js';
import { defineIntegration, secret, type IntegrationTestCode } from '../../../platform/integration.js';
import { postmarkMistakes } from './postmark-token.js';

/** For as long the password of the webhook may still be the old one in Postmark's dashboard. */
const CHANGE_HOURS = 24;

export const postmarkIntegration = defineIntegration(
  'postmark',
  {
    serverToken: secret(
      z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,200}$/, "write the server token from Postmark's dashboard"),
      { variable: 'POSTMARK_SERVER_TOKEN' },
    ),
    webhookPassword: secret(
      z
        .string()
        .regex(/^[^,:@/\s]{16,200}$/, 'write at least 16 random characters, without spaces and , : @ /'),
      {
        ...{ variable: 'POSTMARK_WEBHOOK_PASSWORD', isRequired: false, previousHours: CHANGE_HOURS },
        // Whoever guesses it reports mails as bounced, and the shop writes to their recipients no more.
        refuseNew: (password) => (isGuessable(password) ? 'it can be guessed; write a random one' : null),
      },
    ),
  },
  {
    check(values, { isPublic }) {
      if (!isPublic || values['serverToken'] === undefined) return [];
      return postmarkMistakes({ POSTMARK_SERVER_TOKEN: values['serverToken'] }).map((message) => ({
        ...{ code: 'INVALID_INPUT' as const, field: 'serverToken' },
        message: message.replace(/^\w+ is wrong: /, ''),
      }));
    },
    warn({ webhookPassword }) {
      // Behind a comma stands the one before, for a day.
      const [password = ''] = webhookPassword?.split(',') ?? [];
      return password !== '' && isGuessable(password) ? ['GUESSABLE_PASSWORD'] : [];
    },
    async test(values, { variable }): Promise<IntegrationTestCode> {
      const { tryPostmark } = await import('./postmark-test.js');
      return tryPostmark(values['serverToken'] ?? '', variable('POSTMARK_API_BASE'));
    },
  },
);
