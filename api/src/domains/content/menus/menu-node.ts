import type { NodeFinder } from '../../../platform/module.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { contentRuntime } from '../runtime.js';

/** Menus are public. */
export const menuNode: NodeFinder = {
  type: 'Menu',
  find: async (id, context: RequestContext) =>
    (await contentRuntime.of(context).menus.all()).find((menu) => menu.id === id) ?? null,
};
