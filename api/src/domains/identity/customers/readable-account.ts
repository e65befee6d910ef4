import type { RequestContext } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import { identityLoaders } from '../identity.loaders.js';
import type { UserRow } from '../user.entity.js';
import type { CustomerRow } from './customer.entity.js';

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

/**
 * A customer if the caller has CUSTOMER_READ, and for accounts of staff also CUSTOMER_WRITE or the account itself; null
 * otherwise. A guest who was merged is found as the customer that the orders belong to now.
 */
export async function readableCustomer(id: string, context: RequestContext): Promise<CustomerRow | null> {
  const { viewer } = context;
  if (!viewer?.permissions.has('CUSTOMER_READ')) return null;
  const { customerById } = identityLoaders(context);
  const found = await customerById.load(id);
  if (found?.mergedInto) return readableCustomer(found.mergedInto, context);
  const mayRead = !found?.isStaff || viewer.userId === id || viewer.permissions.has('CUSTOMER_WRITE');
  return mayRead ? found : null;
}
