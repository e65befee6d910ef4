import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyInstance } from 'fastify';
import { FIRST_LANGUAGE, isLanguage, type Language } from '../../kernel/languages.js';
import type { Database } from '../../platform/database/database.js';
import type { ImportDefinition, ImportRegistry } from '../../platform/imports/define-import.js';
import { messagesOf } from '../../platform/messages.js';
import { typed } from '../../platform/spreadsheet-text.js';
import type { ImportLinks } from './import-links.js';
import { codeWord, wordOf } from './import-words.js';
import { reportedRows, type ImportView, type ReportedRow } from './imports.statements.js';

interface Asked {
  Params: { token: string };
  Querystring: { language?: string; rows?: string };
}

interface RouteDeps {
  readonly database: Database;
  readonly links: ImportLinks;
  readonly registry: ImportRegistry;
}

interface Wanted {
  readonly run: ImportView;
  readonly definition: ImportDefinition;
  readonly language: Language;
  readonly wrongOnly: boolean;
}

const PAGE = 500;
const PRIVATE = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'no-referrer',
};

/**
 * GET /documents/import-reports/:token: the rows of an import as they were sent, each with what became of it, by the signed
 * addresses of the schema. Those with errors can be mended in the file and sent again. They are private: responses forbid
 * caching and indexing.
 */
export function importRoutes({ database, links, registry }: RouteDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get<Asked>('/documents/import-reports/:token', async (request, reply) => {
      const run = await links.open(request.params.token);
      const definition = run && registry.find(run.kind)?.definition;
      void reply.headers(PRIVATE);
      if (!definition)
        return reply
          .code(404)
          .send({ message: 'This address is not good, or not any more. Open the import for a fresh one.' });
      const { language = '', rows } = request.query;
      const wrongOnly = rows === 'wrong';
      const name = `${wrongOnly ? 'errors' : 'import'}-${run.createdAt.toISOString().slice(0, 10)}.csv`;
      return reply
        .headers({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
        })
        .send(
          report(database, {
            run,
            definition,
            wrongOnly,
            language: isLanguage(language) ? language : FIRST_LANGUAGE,
          }),
        );
    });
  };
}

/** CSV with a byte order mark, read page by page; nothing in it runs as a formula. */
function report(database: Database, wanted: Wanted): Readable {
  const { run, language, wrongOnly } = wanted;
  const words = messagesOf('imports/report', language);
  const csv = stringify({
    ...{ bom: true, header: true, record_delimiter: 'windows' },
    // As the file was: a spreadsheet that wrote semicolons reads them.
    delimiter: run.separator ?? ',',
    columns: [
      ...run.header.map((name, at) => ({ key: `c${at}`, header: typed(name) })),
      { key: 'row', header: words.text('row') },
      ...(wrongOnly ? [] : [{ key: 'outcome', header: words.text('outcome') }]),
      { key: 'problem', header: words.text('problem') },
    ],
  });
  // An error of the database destroys the stream with it, so the reader of the file gets it.
  pipeline(Readable.from(records()), csv, () => undefined);
  return csv;

  async function* records(): AsyncGenerator<Record<string, string>> {
    let after = 0;
    for (;;) {
      const page: ReportedRow[] = await database.rows(reportedRows({ wrongOnly }), {
        importId: run.id,
        after,
        limit: PAGE,
      });
      for (const row of page)
        yield {
          ...Object.fromEntries(run.header.map((_, at) => [`c${at}`, typed(String(row.cells[at] ?? ''))])),
          row: String(row.line),
          outcome: words.text(`outcomes.${row.outcome ?? 'NONE'}`),
          problem: typed(problemOf(row, wanted)),
        };
      if (page.length < PAGE) return;
      after = page.at(-1)!.line;
    }
  }
}

/** "Quantity: This is no number." for each error. */
function problemOf({ errors }: ReportedRow, { definition, language }: Wanted): string {
  return (errors ?? [])
    .map(({ column, code }) => {
      const label = column === null ? null : wordOf(definition, language, `columns.${column}.label`);
      return `${label ? `${label}: ` : ''}${codeWord(code, language)}`;
    })
    .join(' ');
}
