import { globalId, localId } from '../../kernel/ids.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { orderAsItIs } from '../orders/index.js';
import { returnLoaders } from './return.loaders.js';

interface Standing {
  readonly return?: object;
  readonly order?: object | null;
}

/** The return behind a public id and its order as they are now, for who may see them: what stands beside a refusal. */
export async function returnAsItIs(context: RequestContext, id: string): Promise<Standing> {
  const uuid = localId('ret', id);
  const found = uuid && (await returnLoaders(context).byId.clear(uuid).load(uuid));
  return found ? { return: found, ...(await orderAsItIs(context, globalId('ord', found.orderId))) } : {};
}
