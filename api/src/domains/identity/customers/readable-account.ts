import type { RequestContext } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import { identityLoaders } from '../identity.loaders.js';
import type { UserRow } from '../user.entity.js';

/**
 * An account if the caller may read it: the caller's own, customers' for callers with CUSTOMER_READ, and staff's only
 * for callers who may change accounts. Null otherwise, as for an unknown account.
 */
export async function readableAccount(userId: string, context: RequestContext): Promise<UserRow | null> {
  const { viewer } = context;
  const isOwn = viewer?.userId === userId;
  if (!isOwn && !viewer?.permissions.has('CUSTOMER_READ')) return null;
  const user = await identityLoaders(context).userById.load(userId);
  const mayRead = isOwn || user?.role === Role.CUSTOMER || viewer.permissions.has('CUSTOMER_WRITE');
  return mayRead ? user : null;
}
