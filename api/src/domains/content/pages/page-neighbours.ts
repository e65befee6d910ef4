import type { Language } from '../../../kernel/languages.js';
import type { Querying } from '../../../platform/database/database.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import type { NodeFinder } from '../../../platform/module.js';
import { announceCatalogChange } from '../../catalog/index.js';
import type { MediaOwner } from '../../media/index.js';
import type { AddressKinds } from '../../routing/index.js';
import { contentRuntime } from '../runtime.js';
import { slugOf, type PageLookup, type ShownPage } from './page-lookup.js';
import { namesOfPages } from './page.statements.js';
import type { PageViews } from './page-views.js';

/** Pages keep the ids of files and read what they show of them when they are read: nothing is copied. */
export const pageMediaOwner: MediaOwner = {
  ...{ type: 'PAGE', prefix: 'page' },
  refresh: (tx) => announceCatalogChange(tx),
  names: async (from, ids) =>
    new Map((await from.rows(namesOfPages, { ids })).map(({ id, name }) => [id, name])),
};

/** Staff find every page, others those that buyers see. */
export const pageNode: NodeFinder = {
  type: 'Page',
  find: async (id, context: RequestContext) => {
    const { lookup, views } = contentRuntime.of(context);
    if (context.viewer?.permissions.has('CONTENT_READ')) return views.page(id);
    return (await lookup.all()).find((page) => page.id === id) ?? null;
  },
};

interface Deps {
  readonly database: Querying;
  readonly lookup: PageLookup;
  readonly views: PageViews;
  readonly defaultLanguage: () => Promise<Language>;
}

/** Makes pages known to the addresses of the shop. An archived one was there and is gone. */
export function registerPageAddresses(kinds: AddressKinds, { lookup, views, defaultLanguage }: Deps): void {
  kinds.register({
    ...{ kind: 'PAGE', type: 'Page', start: '/' },
    entities: async (ids) => {
      const fallback = await defaultLanguage();
      const shown = new Map((await lookup.all()).map((page) => [page.id, page]));
      const found = await Promise.all(
        ids.map(async (id) => {
          const page = shown.get(id);
          if (page) return addressed(page, 'SHOWN', fallback);
          const hidden = await views.page(id);
          return hidden && addressed(hidden, hidden.row.archivedAt ? 'GONE' : 'HIDDEN', fallback);
        }),
      );
      return found.filter((entity) => entity !== null);
    },
    find: (id, context) => pageNode.find(id, context),
  });
}

function addressed(
  { id, slugs, content }: ShownPage,
  status: 'SHOWN' | 'GONE' | 'HIDDEN',
  fallback: Language,
) {
  return { id, slug: slugOf(slugs, fallback, fallback) ?? '', slugs, name: content.name, status };
}
