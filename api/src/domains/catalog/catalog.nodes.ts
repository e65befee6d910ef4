import { statement, t } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { loaderById } from '../../platform/graphql/load-many-by.js';
import type { ModuleDeclaration } from '../../platform/module.js';
import { catalogLoaders } from './catalog.loaders.js';
import { imageColumns, IMAGE_ROW } from './rows.js';
import { catalogRuntime } from './runtime.js';

const imageById = statement('catalog.image-by-id', {
  params: { id: t.uuid },
  row: IMAGE_ROW,
  sql: `SELECT ${imageColumns('i')} FROM product_image i WHERE i.id = :id`,
});

const imageLoader = loaderById(imageById);

async function mayRead(productId: string, context: RequestContext): Promise<boolean> {
  const product = await catalogLoaders(context).productById.load(productId);
  return product?.status === 'ACTIVE' || (product !== null && isStaff(context));
}

function isStaff({ viewer }: RequestContext): boolean {
  return viewer?.permissions.has('CATALOG_READ') ?? false;
}

/** Only staff find products that are not on sale. */
export const catalogNodes: ModuleDeclaration['nodes'] = {
  prod: {
    type: 'Product',
    find: async (id, context) =>
      (await mayRead(id, context)) ? catalogLoaders(context).productById.load(id) : null,
  },
  vari: {
    type: 'ProductVariant',
    async find(id, context) {
      const variant = await catalogLoaders(context).variantById.load(id);
      if (!variant || (variant.deletedAt && !isStaff(context))) return null;
      return (await mayRead(variant.productId, context)) ? variant : null;
    },
  },
  cat: {
    type: 'Category',
    find: async (id, context) =>
      (await catalogRuntime.of(context).reference.get()).categoryById.get(id) ?? null,
  },
  img: {
    type: 'ProductImage',
    async find(id, context) {
      const image = await imageLoader(context).load(id);
      if (image?.status !== 'READY' && !isStaff(context)) return null;
      return image?.productId && (await mayRead(image.productId, context)) ? image : null;
    },
  },
};
