import { globalId, localId } from '../../kernel/ids.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { currentOrder } from '../orders/index.js';
import { returnLoaders } from './return.loaders.js';

interface CurrentReturn {
  readonly return?: object;
  readonly order?: object | null;
}

/**
 * The return of a public id and its order as they are now, for viewers who may read them; returned beside user
 * errors.
 */
export async function currentReturn(context: RequestContext, id: string): Promise<CurrentReturn> {
  const uuid = localId('ret', id);
  const found = uuid && (await returnLoaders(context).byId.clear(uuid).load(uuid));
  return found ? { return: found, ...(await currentOrder(context, globalId('ord', found.orderId))) } : {};
}
