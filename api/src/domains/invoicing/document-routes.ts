import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DocumentFile, DocumentFiles } from './document-files.js';

type ByToken = { Params: { token: string } };

/** GET /documents/...: the document of a signed URL. Documents are private: responses forbid caching and indexing. */
export function documentRoutes(documents: DocumentFiles) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get<ByToken>('/documents/invoices/:token', async (request, reply) =>
      sendDocument(reply, await documents.invoice(request.params.token)),
    );
  };
}

function sendDocument(reply: FastifyReply, file: DocumentFile | null): FastifyReply {
  void reply.headers({
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
  if (!file)
    return reply
      .code(404)
      .send({ message: 'This address is not good, or not any more. Open the order for a fresh one.' });
  return reply
    .headers({ 'content-type': file.type, 'content-disposition': `inline; filename="${file.name}"` })
    .send(file.content);
}
