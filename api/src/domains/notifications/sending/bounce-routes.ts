import type { FastifyInstance } from 'fastify';
import { MailUnavailable, type MailWebhook } from '../../../integrations/mail/port.js';
import type { SecurityLog } from '../../../kernel/security-log.js';
import { bytesOf, rawBodies } from '../../../platform/http/raw-bodies.js';
import type { MailQueue } from './mail-queue.js';

interface BounceDeps {
  readonly webhooks: readonly MailWebhook[];
  readonly mailQueue: MailQueue;
  readonly securityLog: SecurityLog;
}

const BODY_LIMIT = 1024 * 1024;

/** POST /webhooks/postmark and the like: mails that the provider had accepted and that will not arrive. */
export function bounceRoutes({ webhooks, mailQueue, securityLog }: BounceDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    rawBodies(app, BODY_LIMIT);
    for (const { name, isAuthentic, bounceOf } of webhooks)
      app.post(`/webhooks/${name}`, async (request, reply) => {
        // 403 stops Postmark's retries; any other status makes it repeat for hours.
        if (!isAuthentic(request.headers.authorization)) {
          securityLog.record('webhook-forged', { by: request.ip, what: name });
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
  };
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(bytesOf(body).toString('utf8'));
  } catch {
    return null;
  }
}
