import 'vue-router';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whether strangers see the page before the shop opens. */
    isBeforeOpening?: boolean;
    /** A page without menu and footer. */
    quiet?: boolean;
    /** The page needs the messages of checkout, orders and account. */
    words?: 'orders';
  }
}
