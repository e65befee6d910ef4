import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { typed } from '../../platform/spreadsheet-text.js';
import type { Database } from '../../platform/database/database.js';
import type { LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import type { JobFiles } from './job-files.js';
import type { JobLinks } from './job-links.js';
import { errorsOf } from './long-jobs.statements.js';
import { shopDay } from '../../kernel/shop-time.js';

type ByToken = { Params: { token: string } };

interface RouteDeps {
  readonly database: Database;
  readonly links: JobLinks;
  readonly files: JobFiles;
  readonly longJobRegistry: LongJobRegistry;
  /** That of the shop, by whose days files are named. */
  readonly timeZone: () => Promise<string>;
}

const PAGE = 500;

/**
 * GET /documents/jobs/:token and /documents/job-reports/:token: the result and the errors of a long job, by the signed
 * addresses of the schema, each good for the session that was shown it. They are private: responses forbid caching and indexing.
 */
export function jobRoutes({ database, links, files, longJobRegistry, timeZone }: RouteDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get<ByToken>('/documents/jobs/:token', async (request, reply) => {
      const job = await links.openResult(request.params.token);
      const handler = job && longJobRegistry.find(job.kind)?.handler;
      if (!job?.resultName || !handler || !('file' in handler)) return gone(reply);
      const content = await files.open(job.id, handler.file);
      return content ? send(reply, { name: job.resultName, type: handler.file.type, content }) : gone(reply);
    });
    app.get<ByToken>('/documents/job-reports/:token', async (request, reply) => {
      const job = await links.openReport(request.params.token);
      if (!job) return gone(reply);
      const name = `errors-${shopDay(job.createdAt, await timeZone())}.csv`;
      return send(reply, { name, type: 'text/csv; charset=utf-8', content: report(database, job.id) });
    });
  };
}

/** The errors as CSV with a byte order mark, page by page; nothing in it runs as a formula. */
function report(database: Database, jobId: string): Readable {
  const csv = stringify({
    bom: true,
    header: true,
    columns: ['row', 'column', 'value', 'code', 'message'],
    record_delimiter: 'windows',
  });
  // An error of the database destroys the stream with it, so the reader of the file gets it.
  pipeline(Readable.from(records()), csv, () => undefined);
  return csv;

  async function* records(): AsyncGenerator<string[]> {
    let last: { row: number; id: string } | null = null;
    do {
      const page: {
        row: number;
        id: string;
        field: string | null;
        code: string;
        message: string;
        value: string | null;
      }[] = await database.rows(errorsOf, {
        jobId,
        afterRow: last?.row ?? null,
        afterId: last?.id ?? null,
        limit: PAGE,
      });
      for (const { row, field, value, code, message } of page)
        yield [String(row), typed(field), typed(value), code, typed(message)];
      last = page.length === PAGE ? (page.at(-1) ?? null) : null;
    } while (last);
  }
}

function send(
  reply: FastifyReply,
  { name, type, content }: { name: string; type: string; content: Readable },
): FastifyReply {
  return privately(reply)
    .headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"` })
    .send(content);
}

function gone(reply: FastifyReply): FastifyReply {
  return privately(reply)
    .code(404)
    .send({ message: 'This address is not good, or not any more. Open the job for a fresh one.' });
}

function privately(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
}
