import type { RouteRecordRaw } from 'vue-router';

const meta = { permission: 'CATALOG_READ' as const };

export const routes: RouteRecordRaw[] = [
  { path: 'stock', name: 'stock', component: () => import('./StockListPage.vue'), meta },
  {
    path: 'stock/movements',
    name: 'stock-movements',
    component: () => import('./movements/MovementListPage.vue'),
    meta,
  },
  {
    path: 'stock/reservations',
    name: 'stock-reservations',
    component: () => import('./ReservationListPage.vue'),
    meta,
  },
  {
    path: 'stock/locations',
    name: 'stock-locations',
    component: () => import('./locations/LocationListPage.vue'),
    meta,
  },
  {
    path: 'stock/:id',
    name: 'stock-item',
    component: () => import('./StockItemPage.vue'),
    props: true,
    meta,
  },
];
