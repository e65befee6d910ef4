import type { FastifyInstance } from 'fastify';
import type { WebhookInbox } from '../domains/payments/index.js';
import { InvalidWebhook } from '../integrations/payments/port.js';

const BODY_LIMIT = 1024 * 1024;

/** POST /webhooks/stripe: the raw bytes reach the signature check before any parser does. */
export async function webhookRoutes(
  app: FastifyInstance,
  { webhooks }: { webhooks: WebhookInbox },
): Promise<void> {
  // Encapsulated: only the routes of this plugin get their JSON as bytes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  );
  app.post('/webhooks/stripe', async (request, reply) => {
    const signature = request.headers['stripe-signature'];
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      await webhooks.receive(body, typeof signature === 'string' ? signature : undefined);
      return await reply.code(200).send({ received: true });
    } catch (error) {
      if (error instanceof InvalidWebhook)
        return reply.code(400).send({ error: 'The signature does not fit.' });
      throw error;
    }
  });
}
