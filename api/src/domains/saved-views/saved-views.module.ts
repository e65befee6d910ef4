import { defineIdPrefixes } from '../../kernel/ids.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineModule } from '../../platform/module.js';
import { identityModule } from '../identity/identity.module.js';
import { DefaultViewEntity, SavedViewEntity } from './saved-view.entity.js';
import { SavedViewService } from './saved-view.service.js';
import { savedViewErrors } from './saved-views.errors.js';
import { savedViewChanged } from './saved-views.events.js';
import { SavedViewsResolver } from './saved-views.resolver.js';
import { viewById } from './saved-views.statements.js';

const idPrefixes = defineIdPrefixes({ view: 'SavedView' });
const permissions = definePermissions({
  VIEW_WRITE: { description: 'Keep views of lists of the admin for oneself.', role: Role.SUPPORT },
  VIEW_SHARE: { description: 'Make, change and delete views that all staff has.', role: Role.MANAGER },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/** Views of lists of the admin: addresses under a name, own and shared. What an address means is known by the admin alone. */
export const savedViewsModule = defineModule({
  name: 'savedViews',
  dependsOn: [identityModule],
  tables: {
    saved_view: 'Kept until staff deletes them; one of a single person ends with the account.',
    default_view: 'Deleted with the view or the account.',
  },
  idPrefixes,
  permissions,
  errors: savedViewErrors,
  events: [savedViewChanged],
  entities: [SavedViewEntity, DefaultViewEntity],
  resolvers: [SavedViewsResolver],
  nodes: {
    view: {
      type: 'SavedView',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('VIEW_WRITE') ? database.row(viewById, { id, userId: viewer.userId }) : null,
    },
  },
  setup: ({ database, outbox }) => ({
    services: {},
    resolvers: [new SavedViewsResolver(new SavedViewService(database, outbox))],
  }),
});
