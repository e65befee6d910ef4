import 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** A page without menu and footer. */
    quiet?: boolean;
    /** The page needs the messages of checkout, orders and account. */
    words?: 'orders';
  }
}
