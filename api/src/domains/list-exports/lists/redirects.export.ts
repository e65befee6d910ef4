import { Role } from '../../../platform/graphql/roles.js';
import {
  RedirectFilter,
  RedirectList,
  redirectQuery,
  type RedirectQuery,
  type RedirectRow,
} from '../../routing/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

/** By target id the path that it has now. */
type Paths = ReadonlyMap<string, string>;

export const redirectExport = coreExport<RedirectRow, RedirectQuery, Paths>({
  name: 'Redirect',
  rows: 'redirects',
  role: Role.SUPPORT,
  permission: 'CONTENT_READ',
  search: 200,
  filter: RedirectFilter,
  query: redirectQuery,
  columns: {
    FROM: typedColumn('The path without a page.', ({ fromPath }) => fromPath),
    TO: typedColumn(
      'The path that it leads to; empty for what is gone, and for a product or category that is not shown.',
      ({ toPath, targetId }, { more }) => toPath ?? (targetId ? more.get(targetId) : null),
    ),
    CODE: plainColumn('The HTTP status: 301, 302 or 410.', ({ code }) => code),
    PREFIX: plainColumn('Whether it is for every path below it too.', ({ isPrefix }) => isPrefix),
    ACTIVE: plainColumn('Whether it is followed.', ({ active }) => active),
    HITS: plainColumn('How often it was followed.', ({ hits }) => hits),
    LAST_HIT_AT: momentColumn('When it was followed last.', ({ lastHitAt }) => lastHitAt),
  },
  read: ({ database, cursors, addresses }) => {
    const list = new RedirectList(database, cursors);
    return {
      page: (query, _sort, page) => list.page(query, page),
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
      more: (redirects) => addresses.pathsOf(redirects),
    };
  },
});
