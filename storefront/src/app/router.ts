import { createMemoryHistory, createRouter, createWebHistory, type Router } from 'vue-router';
import { routes } from '../routes';

export function makeRouter(): Router {
  return createRouter({
    history: import.meta.env.SSR ? createMemoryHistory() : createWebHistory(),
    routes,
    scrollBehavior(to, from, saved) {
      if (saved) return saved;
      // Filters, sorting and the chosen variant live in the query: changing them must not move the page.
      if (to.path === from.path) return false;
      return to.hash ? { el: to.hash } : { top: 0 };
    },
  });
}
