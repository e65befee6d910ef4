import 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** A page with nothing but its own business on it: no menu, no footer. */
    quiet?: boolean;
    /** Speaks of orders: brings the words of checkout, orders and account along. */
    words?: 'orders';
  }
}
