import { PerShop } from '../../platform/graphql/per-shop.js';
import type { MenuLookup } from './menus/menu-lookup.js';
import type { PageLookup } from './pages/page-lookup.js';
import type { PageViews } from './pages/page-views.js';

/** Services for finding pages by their ids. */
export const contentRuntime = new PerShop<{
  readonly lookup: PageLookup;
  readonly views: PageViews;
  readonly menus: MenuLookup;
}>();
