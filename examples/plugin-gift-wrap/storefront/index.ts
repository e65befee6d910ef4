import { defineStorefrontModule, storefrontSlot } from '@vitrine/storefront/plugin';

export const storefrontModule = defineStorefrontModule({
  messages: import.meta.glob('./messages/*.json', { import: 'default' }),
  slots: [
    storefrontSlot('product.page', () => import('./ProductWrap.vue')),
    storefrontSlot('cart.summary', () => import('./CartWrap.vue')),
    storefrontSlot('order.page', () => import('./OrderWrap.vue')),
  ],
});
