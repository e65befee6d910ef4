import type { Component } from 'vue';

/**
 * The places on pages of the shop where plugins may stand, each with what its components get. `version` grows with each change
 * of the cart, so a component that reads again when it changes is never behind the page.
 */
export interface StorefrontSlots {
  /** Below the button that adds a product to the cart. The server draws it. */
  'product.page': { productId: string; slug: string; variantId: string | null };
  /** Below one line of the cart. There may be dozens: read for the whole cart, not for each line. */
  'cart.line': { lineId: string; productId: string; variantId: string; version: number };
  /** Above the subtotal, on the page of the cart and in its drawer. */
  'cart.summary': { cartId: string; version: number };
  /** Below the lines of the cart beside the steps of the checkout. */
  'checkout.summary': { cartId: string; version: number };
  /** In the last step of the checkout, above the button that places the order. */
  'checkout.review': { cartId: string; version: number };
  /** Below the lines of a placed order. A guest has its token from the link, a customer is signed in. */
  'order.page': { orderId: string; token: string | null };
  /** Above the last line of the footer of each page. The server draws it. */
  footer: Record<never, never>;
}

export type StorefrontSlotName = keyof StorefrontSlots;

/** The code of a component, fetched when it is first shown. */
export type LazyComponent = () => Promise<{ default: Component }>;

export interface StorefrontSlot {
  readonly name: StorefrontSlotName;
  readonly component: LazyComponent;
}

export interface StorefrontModule {
  readonly slots: readonly StorefrontSlot[];
  /** `import.meta.glob('./messages/*.json', { import: 'default' })`: a file for each language, named by its code. */
  readonly messages: Readonly<Record<string, () => Promise<unknown>>>;
}

/** The part of a plugin in the shop that buyers see; its file exports it as `storefrontModule`. */
export const defineStorefrontModule = (module: StorefrontModule): StorefrontModule => module;

/**
 * Shows a component in a slot. One that needs props which the slot does not give does not compile.
 *
 * @param load `() => import('./CartWrap.vue')`
 */
export function storefrontSlot<Name extends StorefrontSlotName, Needs>(
  name: Name,
  load: () => Promise<{ default: abstract new (...args: never[]) => { $props: Needs } }>,
  ..._fits: StorefrontSlots[Name] extends NoInfer<Needs>
    ? []
    : [error: 'The component needs props that this slot does not give.']
): StorefrontSlot {
  return { name, component: load as unknown as LazyComponent };
}
