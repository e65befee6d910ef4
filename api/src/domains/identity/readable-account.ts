import type { RequestContext } from '../../platform/graphql/context.js';
import { Permission, Role } from '../../platform/graphql/roles.js';
import { identityLoaders } from './identity.loaders.js';
import type { UserRow } from './user.entity.js';

/**
 * An account as far as the caller may read it: one's own, those of customers for who reads customers, and those of staff
 * only for who may change accounts. Null for everybody else, as for an account that is not there.
 */
export async function readableAccount(userId: string, context: RequestContext): Promise<UserRow | null> {
  const { viewer } = context;
  const isOwn = viewer?.userId === userId;
  if (!isOwn && !viewer?.permissions.has(Permission.CUSTOMER_READ)) return null;
  const user = await identityLoaders(context).userById.load(userId);
  const mayRead = isOwn || user?.role === Role.CUSTOMER || viewer.permissions.has(Permission.CUSTOMER_WRITE);
  return mayRead ? user : null;
}
