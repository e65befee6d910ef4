import { type Component } from 'vue';
import type { PaymentSession } from './usePayment';

/** Where a provider's script, frames and images come from: allowed on the page that pays, and on no other. */
export interface PaymentSources {
  readonly script?: string;
  readonly connect?: string;
  readonly frame?: string;
  readonly image?: string;
}

interface PaymentForm {
  /** Shows the form. Its props and events are those of `PayForm`'s forms: the session's secret and key, and the total. */
  readonly form: () => Promise<{ default: Component }>;
  readonly sources: PaymentSources;
}

/** The form of each payment provider. A payment is made with the form of its own provider, whoever takes new ones. */
export const PAYMENT_FORMS: Readonly<Record<Exclude<PaymentSession['provider'], 'OFFLINE'>, PaymentForm>> = {
  STRIPE: {
    form: () => import('./StripeForm.vue'),
    sources: {
      script: 'https://js.stripe.com https://*.js.stripe.com',
      connect: 'https://api.stripe.com',
      frame: 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com',
      image: 'https://*.stripe.com',
    },
  },
  TEST: { form: () => import('./TestCardForm.vue'), sources: {} },
};
