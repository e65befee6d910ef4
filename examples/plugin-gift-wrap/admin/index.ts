import { adminSlot, defineAdminModule } from '@vitrine/admin/plugin';
import { wrappedOrders } from './wrap-bulk';

declare global {
  interface VitrinePermissions {
    GIFT_WRAP_WRITE: true;
  }
}

export const adminModule = defineAdminModule({
  messages: import.meta.glob('./messages/*.json', { import: 'default' }),
  routes: [
    {
      name: 'wraps',
      path: '',
      title: 'title',
      permission: 'GIFT_WRAP_WRITE',
      component: () => import('./WrapListPage.vue'),
    },
  ],
  navigation: [{ route: 'wraps', icon: 'i-lucide-gift' }],
  bulk: [wrappedOrders],
  slots: [adminSlot('order.side', () => import('./OrderWrap.vue'))],
});
