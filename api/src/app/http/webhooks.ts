import type { FastifyInstance } from 'fastify';
import { PROVIDER_NAMES, type WebhookInbox } from '../../domains/payments/index.js';
import type { MailQueue } from '../../domains/notifications/index.js';
import type { SecurityLog } from '../../kernel/security-log.js';
import { MailUnavailable } from '../../integrations/mail/port.js';
import { bounceOf, isFromPostmark } from '../../integrations/mail/postmark/postmark-webhook.js';
import { InvalidWebhook, type ProviderName } from '../../integrations/payments/port.js';

export interface WebhookDeps {
  readonly webhooks: WebhookInbox;
  readonly mailQueue: MailQueue;
  readonly securityLog: SecurityLog;
  /** Empty: the webhook is disabled. */
  readonly postmarkPasswords: readonly string[];
}

const BODY_LIMIT = 1024 * 1024;

/** POST /webhooks/<payment provider>, and POST /webhooks/postmark: bounces. */
export async function webhookRoutes(
  app: FastifyInstance,
  { webhooks, mailQueue, securityLog, postmarkPasswords }: WebhookDeps,
): Promise<void> {
  // Encapsulated: only the routes of this plugin receive JSON bodies as bytes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  for (const provider of PROVIDER_NAMES) paymentRoute(app, provider, { webhooks, securityLog });
  app.post('/webhooks/postmark', async (request, reply) => {
    // 403 stops Postmark's retries; any other status makes it repeat for hours.
    if (!isFromPostmark(request.headers.authorization, postmarkPasswords)) {
      securityLog.record('webhook-forged', { by: request.ip, what: 'postmark' });
      return reply.code(403).send({ error: 'The password does not fit.' });
    }
    const bounce = bounceOf(parsed(request.body));
    try {
      const isFirst = bounce !== null && (await mailQueue.bounced(bounce));
      return await reply.code(200).send({ received: true, noted: isFirst });
    } catch (error) {
      if (error instanceof MailUnavailable) return reply.code(503).send({ error: 'Retry later.' });
      throw error;
    }
  });
}

/** POST /webhooks/stripe and the like: the raw bytes reach the signature check before any parser does. */
function paymentRoute(
  app: FastifyInstance,
  provider: ProviderName,
  { webhooks, securityLog }: Pick<WebhookDeps, 'webhooks' | 'securityLog'>,
): void {
  const what = provider.toLowerCase();
  app.post(`/webhooks/${what}`, async (request, reply) => {
    const header = (name: string): string | undefined => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await webhooks.receive(provider, body, header);
      return await reply.code(200).send({ received: true });
    } catch (error) {
      if (!(error instanceof InvalidWebhook)) throw error;
      securityLog.record('webhook-forged', { by: request.ip, what });
      return reply.code(400).send({ error: 'The signature does not fit.' });
    }
  });
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch {
    return null;
  }
}
