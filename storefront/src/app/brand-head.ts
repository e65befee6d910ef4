import { useHead } from '@unhead/vue';
import { useShop, type Shop } from './shop';

type Brand = Shop['brand'];

/** The look of the shop on every page: its accent in the variables of tokens.css, its icon, and the color of the browser. */
export function useBrandHead(): void {
  const shop = useShop();
  useHead({
    htmlAttrs: { style: () => (shop.value ? accentStyle(shop.value.brand.colors) : undefined) },
    meta: () => (shop.value ? [{ name: 'theme-color', content: shop.value.brand.colors.accent }] : []),
    link: () => iconLinks(shop.value?.brand.icon?.url),
  });
}

/** An attribute and no style element: the policy of pages allows only those. */
export function accentStyle({ accent, onAccent, accentHover, accentText }: Brand['colors']): string {
  return `--clay:${accentText};--clay-fill:${accent};--clay-deep:${accentHover};--on-clay:${onAccent}`;
}

function iconLinks(icon: string | undefined) {
  if (icon)
    return [
      { rel: 'icon' as const, type: 'image/png', sizes: '512x512' as const, href: icon },
      { rel: 'apple-touch-icon' as const, href: icon },
    ];
  return [
    { rel: 'icon' as const, sizes: '32x32' as const, href: '/favicon.ico' },
    { rel: 'icon' as const, type: 'image/svg+xml', href: '/favicon.svg' },
    { rel: 'apple-touch-icon' as const, href: '/apple-touch-icon.png' },
  ];
}
