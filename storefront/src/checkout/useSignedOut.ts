import { inject, nextTick, provide, ref, type InjectionKey, type Ref } from 'vue';
import { useErrorMessages, type ErrorMessages, type Problem } from '../app/error-messages';
import { useI18n } from '../app/i18n';

interface SignedOut {
  /** The customer's session ended while they filled this in: the cart is theirs and waits for them. */
  isSignedOut: Ref<boolean>;
  /** Looks at what a step was refused: a customer without a cart is a customer who was signed out. */
  noteUserErrors: (refusals: readonly { code: string }[] | null | undefined) => void;
}

const key: InjectionKey<SignedOut> = Symbol('signed out in the checkout');

/** For the page of the checkout; `isCustomer` says whether it was opened by somebody signed in. */
export function provideSignedOut(isCustomer: () => boolean): SignedOut {
  const isSignedOut = ref(false);
  const signedOut: SignedOut = {
    isSignedOut,
    noteUserErrors: (refusals) => {
      if (!isCustomer() || !refusals?.some(({ code }) => code === 'CART_EMPTY')) return;
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

/** Words for what a step was refused. To somebody who was signed out the cart is not empty: it waits for them. */
export function useCheckoutMessages(): ErrorMessages {
  const { t } = useI18n();
  const words = useErrorMessages();
  const { isSignedOut } = useSignedOut();
  const ofError = (problem: Problem): string =>
    problem.code === 'CART_EMPTY' && isSignedOut.value ? t('checkout.signInAbove') : words.ofError(problem);
  return {
    ...words,
    ofError,
    ofOutcome: (problems, failure) => (failure ? [words.ofFailure(failure)] : (problems ?? []).map(ofError)),
  };
}
