import { localId } from '../../kernel/ids.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { orderLoaders } from './order.loaders.js';

/** The order behind a public id as it is now, for staff: what stands beside a refusal. */
export async function orderAsItIs(context: RequestContext, id: string): Promise<{ order: object | null }> {
  const uuid = localId('ord', id);
  return { order: uuid ? await orderLoaders(context).orderById.clear(uuid).load(uuid) : null };
}
