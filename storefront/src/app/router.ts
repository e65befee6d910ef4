import {
  createMemoryHistory,
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
} from 'vue-router';
import { routes } from '../routes';

export function makeRouter(learnOrders: () => Promise<void>): Router {
  const router = createRouter({
    history: import.meta.env.SSR ? createMemoryHistory() : createWebHistory(),
    routes,
    // Case-sensitive, so that every page has one address.
    sensitive: true,
    scrollBehavior(to, from, saved) {
      if (saved) return saved;
      // Filters, sorting and the chosen variant are query parameters: changing them must not scroll the page.
      if (to.path === from.path) return false;
      return to.hash ? { el: to.hash } : { top: 0 };
    },
  });
  // Loaded together with the page's own script, before the page is shown.
  router.beforeEach((to) => void (needsMessages(to) && learnOrders().catch(() => undefined)));
  router.beforeResolve((to) => (needsMessages(to) ? learnOrders() : undefined));
  return router;
}

function needsMessages(to: RouteLocationNormalized): boolean {
  return to.matched.some(({ meta }) => meta.words === 'orders');
}
