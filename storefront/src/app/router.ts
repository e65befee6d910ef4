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
    // /P/cana is no page of ours, or every page would have many addresses.
    sensitive: true,
    scrollBehavior(to, from, saved) {
      if (saved) return saved;
      // Filters, sorting and the chosen variant live in the query: changing them must not move the page.
      if (to.path === from.path) return false;
      return to.hash ? { el: to.hash } : { top: 0 };
    },
  });
  // Asked for with the page's own script, and there before the page is.
  router.beforeEach((to) => void (needsMessages(to) && learnOrders().catch(() => undefined)));
  router.beforeResolve((to) => (needsMessages(to) ? learnOrders() : undefined));
  return router;
}

function needsMessages(to: RouteLocationNormalized): boolean {
  return to.matched.some(({ meta }) => meta.words === 'orders');
}
