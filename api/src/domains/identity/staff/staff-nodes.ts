import type { RequestContext } from '../../../platform/graphql/context.js';
import { identityLoaders } from '../identity.loaders.js';
import { invitationById } from './invitations/invitation.statements.js';
import { membersById } from './staff.statements.js';

const maySee = ({ viewer }: RequestContext): boolean => viewer?.permissions.has('STAFF_WRITE') === true;

/** People who work in the shop and their roles, for `node`. */
export const staffNodes = {
  staff: {
    type: 'StaffMember',
    find: async (id: string, context: RequestContext) =>
      maySee(context) ? context.database.row(membersById, { ids: [id] }) : null,
  },
  srole: {
    type: 'StaffRole',
    find: async (id: string, context: RequestContext) =>
      maySee(context) ? identityLoaders(context).staffRole.load(id) : null,
  },
  sinv: {
    type: 'StaffInvitation',
    find: async (id: string, context: RequestContext) => {
      const invitation = maySee(context) ? await context.database.row(invitationById, { id }) : null;
      return invitation?.isOpen ? invitation : null;
    },
  },
};
