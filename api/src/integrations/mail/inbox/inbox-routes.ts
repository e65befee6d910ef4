import type { FastifyInstance, FastifyReply } from 'fastify';
import { isUuid } from '../../../kernel/ids.js';
import type { Database } from '../../../platform/database/database.js';
import { listInbox, readInbox } from './inbox-mail.js';
import { inboxPage, mailPage } from './inbox-page.js';

const MOST = 200;

// The page has no scripts; a mail's own markup is shown in a sandboxed frame, which inherits this policy.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src * data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** The development inbox at /dev/inbox. Registered only while that provider is active, never in production. */
export function devInboxRoutes(fastify: FastifyInstance, database: Database): void {
  fastify.get('/dev/inbox', async (_request, reply) =>
    page(reply, inboxPage(await listInbox(database, MOST))),
  );

  fastify.get('/dev/inbox.json', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return listInbox(database, MOST);
  });

  fastify.get<{ Params: { id: string } }>('/dev/inbox/:id', async ({ params: { id } }, reply) => {
    const mail = isUuid(id) ? await readInbox(database, id) : null;
    return page(reply.code(mail ? 200 : 404), mailPage(mail));
  });
}

function page(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .header('content-security-policy', POLICY)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}
