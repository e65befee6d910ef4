import { inject, nextTick, provide, ref, type InjectionKey, type Ref } from 'vue';
import { useErrorMessages, type ErrorMessages, type UserErrorData } from '../app/messages/error-messages';
import { useI18n } from '../app/messages/i18n';

interface SignedOut {
  /** True when the customer's session ended during checkout; their cart is kept. */
  isSignedOut: Ref<boolean>;
  /** Detects from a step's errors that a customer without a cart was signed out. */
  noteUserErrors: (userErrors: readonly { code: string }[] | null | undefined) => void;
}

const key: InjectionKey<SignedOut> = Symbol('signed out in the checkout');

/** Used by the checkout page; `isCustomer` tells whether the page was opened while signed in. */
export function provideSignedOut(isCustomer: () => boolean): SignedOut {
  const isSignedOut = ref(false);
  const signedOut: SignedOut = {
    isSignedOut,
    noteUserErrors: (userErrors) => {
      if (!isCustomer() || !userErrors?.some(({ code }) => code === 'CART_EMPTY')) return;
      isSignedOut.value = true;
      void nextTick(() => document.querySelector<HTMLElement>('[data-signed-out]')?.focus());
    },
  };
  provide(key, signedOut);
  return signedOut;
}

export function useSignedOut(): SignedOut {
  const signedOut = inject(key);
  if (!signedOut) throw new Error('useSignedOut needs CheckoutView above it');
  return signedOut;
}

/** Error messages of the steps. CART_EMPTY of a signed-out customer asks them to sign in instead. */
export function useCheckoutMessages(): ErrorMessages {
  const { t } = useI18n();
  const errorMessages = useErrorMessages();
  const { isSignedOut } = useSignedOut();
  const ofError = (problem: UserErrorData): string =>
    problem.code === 'CART_EMPTY' && isSignedOut.value
      ? t('checkout.signInAbove')
      : errorMessages.ofError(problem);
  return {
    ...errorMessages,
    ofError,
    ofOutcome: (problems, failure) =>
      failure ? [errorMessages.ofFailure(failure)] : (problems ?? []).map(ofError),
  };
}
