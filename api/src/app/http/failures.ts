import type { FastifyError, FastifyInstance } from 'fastify';
import type { ThrownCode } from '../../kernel/error-codes.js';
import type { Logger } from '../../kernel/logger.js';

const FAILED = 'Something went wrong on our side. Nothing was lost; please try again.';

/**
 * Error response and log line of every route. Messages of PostgreSQL, Node and our own code are not sent: the caller
 * gets a plain sentence, and the error is logged under the route's pattern, never under the URL, which may contain
 * tokens. /graphql returns errors in GraphQL's form, so that its clients can read them.
 */
export function answerFailures(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const said = error.statusCode ?? 500;
    const status = said >= 400 && said < 500 ? said : 500;
    const route = request.routeOptions.url ?? 'unknown';
    if (status === 500) logger.error({ err: error, method: request.method, route }, 'A request failed');
    const message = status === 500 ? FAILED : error.message;
    void reply.code(status).header('cache-control', 'no-store');
    if (route !== '/graphql') return reply.type('text/plain; charset=utf-8').send(message);
    const code: ThrownCode = status === 500 ? 'INTERNAL' : 'BAD_REQUEST';
    return reply
      .type('application/json; charset=utf-8')
      .send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here.'),
  );
}
