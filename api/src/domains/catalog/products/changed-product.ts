import { localId } from '../../../kernel/ids.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { catalogLoaders, forgetProduct } from '../catalog.loaders.js';

/** The product after a change in this request. */
export async function changedProduct(
  context: RequestContext,
  productId: string,
): Promise<{ product: object | null }> {
  forgetProduct(context, productId);
  return { product: await catalogLoaders(context).productById.load(productId) };
}

/** The product with this public id as it is now, returned beside an error. */
export async function productAsItIs(
  context: RequestContext,
  id: string,
): Promise<{ product: object | null }> {
  const uuid = localId('prod', id);
  return uuid ? changedProduct(context, uuid) : { product: null };
}

/** The variant with this public id and its product as they are now. */
export async function variantAsItIs(
  context: RequestContext,
  id: string,
): Promise<{ variant?: object; product?: object | null }> {
  const uuid = localId('vari', id);
  const variant = uuid && (await catalogLoaders(context).variantById.clear(uuid).load(uuid));
  if (!variant) return {};
  return { ...(await changedProduct(context, variant.productId)), variant };
}
