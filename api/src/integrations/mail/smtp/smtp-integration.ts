import { defineIntegration, secret, type IntegrationTestCode } from '../../../platform/integration.js';
import { smtpAddress, smtpMistakes, smtpWarnings } from './smtp-address.js';

export const smtpIntegration = defineIntegration(
  'smtp',
  { url: secret(smtpAddress, { variable: 'SMTP_URL' }) },
  {
    check(values, { isPublic }) {
      if (!isPublic || values['url'] === undefined) return [];
      return smtpMistakes(values['url']).map((message) => ({
        ...{ code: 'INVALID_INPUT' as const, field: 'url' },
        message: message.replace(/^\w+ is wrong: /, ''),
      }));
    },
    warn: ({ url = '' }) => smtpWarnings(url).map(({ code }) => code),
    async test(values): Promise<IntegrationTestCode> {
      const { trySmtp } = await import('./smtp-test.js');
      return trySmtp(values['url'] ?? '');
    },
  },
);
