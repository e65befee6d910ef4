import { stringify } from 'csv-stringify/sync';
import { shopDay } from '../../../kernel/shop-time.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { handleLongJob, type HandledLongJob } from '../../../platform/jobs/define-long-job.js';
import { languagesGroup, regionalGroup, type SettingsService } from '../../store/index.js';
import type { ColumnTools, DefinedListExport, ExportSource, StoredExport } from './list-export.js';

/** Rows of a page, and pages of a step: enough that writing it down costs little, and about a second of work. */
const PAGE = 100;
const PAGES = 3;

type Source = ExportSource<object, object, unknown>;

/** Where the time zone, the currency and the first language of the shop are read. */
type Settings = Pick<SettingsService, 'get'>;

/** Writes the file of a list. A few pages of it are in memory at a time, however many there are. */
export function handleListExport<Row, Query extends object, More>(
  defined: DefinedListExport<Row, Query, More>,
  read: ExportSource<Row, Query, More>,
  settings: Settings,
): HandledLongJob {
  const list = defined as unknown as DefinedListExport;
  const source = read as unknown as Source;
  return handleLongJob<StoredExport<object>, string>(list.job, {
    total: async ({ sort: _sort, columns: _columns, ...query }) => {
      const count = await source.count(query);
      // Counting stops at the cap: beyond it nobody knows.
      return count < COUNT_CAP ? count : null;
    },
    file: {
      extension: 'csv',
      type: 'text/csv; charset=utf-8',
      name: async (createdAt) => {
        const { timeZone } = await settings.get(regionalGroup);
        return `${list.rows.replaceAll(' ', '-')}-${shopDay(createdAt, timeZone)}`;
      },
    },
    part: async ({ input, cursor }) => {
      const tools = await toolsOf(settings);
      let [content, done, after] = ['', 0, cursor];
      for (let pages = 0; pages < PAGES; pages++) {
        const page = await nextPage({ list, source, tools }, input, after);
        content += page.content;
        done += page.rows;
        after = page.after;
        if (after === null) break;
      }
      return { content, done, cursor: after };
    },
  });
}

async function toolsOf(settings: Settings): Promise<ColumnTools<null>> {
  const { timeZone, currency } = await settings.get(regionalGroup);
  const { defaultLanguage: language } = await settings.get(languagesGroup);
  return { more: null, timeZone, language, currency };
}

interface Reading {
  readonly list: DefinedListExport;
  readonly source: Source;
  readonly tools: ColumnTools<null>;
}

/**
 * The next page as CSV, and where the one after it begins. The first page starts with a byte order mark, without which
 * spreadsheets misread letters such as ș, and with the header.
 */
async function nextPage(
  { list, source, tools }: Reading,
  { sort = null, columns = null, ...query }: StoredExport<object>,
  after: string | null,
): Promise<{ content: string; rows: number; after: string | null }> {
  const { nodes, pageInfo } = await source.page(query, sort, { first: PAGE, after });
  const given = { ...tools, more: (await source.more?.(nodes, tools)) ?? null };
  const all = Object.entries(list.columns).map(([name, column]) => [name.toLowerCase(), column] as const);
  const chosen = columns ? columns.flatMap((title) => all.filter((column) => column[0] === title)) : all;
  const records = nodes.map((row) => chosen.map(([, { value }]) => value(row as never, given)));
  const isFirst = after === null;
  return {
    content: stringify(records, {
      bom: isFirst,
      header: isFirst,
      columns: chosen.map(([title]) => title),
      record_delimiter: 'windows',
    }),
    rows: records.length,
    after: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}
