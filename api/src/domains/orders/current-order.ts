import { localId } from '../../kernel/ids.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { orderLoaders } from './order.loaders.js';

/** The order of a public id as it is now, for staff; returned beside user errors. */
export async function currentOrder(context: RequestContext, id: string): Promise<{ order: object | null }> {
  const uuid = localId('ord', id);
  return { order: uuid ? await orderLoaders(context).orderById.clear(uuid).load(uuid) : null };
}
