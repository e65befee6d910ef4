import { defineIdPrefixes } from '../../kernel/ids.js';
import { CatalogCache } from '../../platform/database/catalog-cache.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { defineModule } from '../../platform/module.js';
import { languagesGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { AddressKinds } from './address-kinds.js';
import { seedDemoRedirects } from './demo-redirects.js';
import { MissingPathEntity, RedirectEntity, SlugEntity } from './redirect.entity.js';
import { RedirectList } from './redirect-list.js';
import { RedirectResolver } from './redirect.resolver.js';
import { RedirectService } from './redirect.service.js';
import { RedirectTable, type StoredRedirect } from './redirect-table.js';
import { routingErrors } from './routing.errors.js';
import { urlChanged } from './routing.events.js';
import { activeRedirects, oldMissing, redirectById } from './routing.statements.js';
import { UrlGraphqlResolver } from './url.resolver.js';
import { UrlResolver } from './url-resolver.service.js';
import { Visits } from './visits.js';

const idPrefixes = defineIdPrefixes({ redir: 'Redirect' });
const permissions = definePermissions({
  CONTENT_READ: {
    description: 'See pages, the media library, redirects, and at which addresses visitors found nothing.',
    role: Role.SUPPORT,
  },
  CONTENT_WRITE: {
    description: 'Make, change and publish pages, redirects and files of the media library.',
    role: Role.MANAGER,
  },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

const MISSING_DAYS = 30;

/**
 * The addresses of the storefront: slugs, which the database keeps, redirects, and what is at a path. Modules whose
 * entities have an address register them: `AddressKinds`.
 */
export const routingModule = defineModule({
  name: 'routing',
  dependsOn: [storeModule],
  tables: {
    slug: KEPT.catalogue,
    redirect: KEPT.catalogue,
    missing_path:
      'Deleted each night: 30 days after it was asked for last. At most 1,000 paths, nothing about people.',
  },
  idPrefixes,
  permissions,
  errors: routingErrors,
  events: [urlChanged],
  entities: [SlugEntity, RedirectEntity, MissingPathEntity],
  resolvers: [RedirectResolver, UrlGraphqlResolver],
  nodes: {
    redir: {
      type: 'Redirect',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('CONTENT_READ') ? database.row(redirectById, { id }) : null,
    },
  },
  setup: ({ database, listener, outbox, keys, cursors, logger }, { store: { settings } }) => {
    const kinds = new AddressKinds();
    const visits = new Visits(database, logger);
    const table = new CatalogCache(
      listener,
      async () => new RedirectTable((await database.rows(activeRedirects)) as StoredRedirect[]),
      'vitrine_redirects',
    );
    const rootLanguage = async () => (await settings.get(languagesGroup)).rootLanguage;
    const resolver = new UrlResolver({ database, kinds, table, visits, rootLanguage });
    const deps = { database, keys, outbox, kinds, resolver, table, rootLanguage };
    const redirects = new RedirectService(deps);
    const list = new RedirectList(database, cursors);
    return {
      services: { kinds, redirects, resolver, table },
      resolvers: [
        new RedirectResolver({ kinds, list, redirects, visits }),
        new UrlGraphqlResolver(resolver, () => settings.get(languagesGroup)),
      ],
      oldRows: [{ statement: oldMissing, days: MISSING_DAYS }],
      seed: { demo: () => seedDemoRedirects(database) },
      start: async () => visits.start(),
      stop: () => visits.stop(),
    };
  },
});
