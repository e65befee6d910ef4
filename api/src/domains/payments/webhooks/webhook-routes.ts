import type { FastifyInstance } from 'fastify';
import { InvalidWebhook, type ProviderName } from '../../../integrations/payments/port.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { bytesOf, rawBodies } from '../../../platform/http/raw-bodies.js';
import { PROVIDER_NAMES } from '../payment.type.js';
import type { WebhookInbox } from './webhook-inbox.js';

interface WebhookDeps {
  readonly webhooks: WebhookInbox;
  readonly securityLog: SecurityLog;
}

const BODY_LIMIT = 1024 * 1024;

/** POST /webhooks/stripe and the like: the raw bytes reach the signature check before any parser does. */
export function webhookRoutes(deps: WebhookDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    rawBodies(app, BODY_LIMIT);
    for (const provider of PROVIDER_NAMES) routeOf(app, provider, deps);
  };
}

function routeOf(app: FastifyInstance, provider: ProviderName, { webhooks, securityLog }: WebhookDeps): void {
  const what = provider.toLowerCase();
  app.post(`/webhooks/${what}`, async (request, reply) => {
    const header = (name: string): string | undefined => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    try {
      await webhooks.receive(provider, bytesOf(request.body), header);
      return await reply.code(200).send({ received: true });
    } catch (error) {
      if (!(error instanceof InvalidWebhook)) throw error;
      securityLog.record('webhook-forged', { by: request.ip, what });
      return reply.code(400).send({ error: 'The signature does not fit.' });
    }
  });
}
