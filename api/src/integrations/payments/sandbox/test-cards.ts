/** What happens to a card's payment after it has succeeded. */
export type CardTrouble =
  /** The buyer disputes the payment at once. */
  | 'dispute'
  /** Refunds to it succeed at first, and fail a while later. */
  | 'refund-fails'
  /** A tenth less is captured than was asked, as when staff captures a part at the provider's dashboard. */
  | 'captured-in-part';

/** The outcome of a payment with a test card. */
export type TestCardOutcome =
  | { readonly status: 'succeeded'; readonly trouble?: CardTrouble }
  | { readonly status: 'requires_payment_method'; readonly failureCode: string }
  | { readonly status: 'processing' };

/**
 * The only accepted numbers, all of them Stripe's published test cards, so that the same numbers work in Stripe's
 * sandbox. Stripe has no card that leaves a payment in `processing` (its bank debits do that); the 3-D Secure card
 * ...3220 represents every method with a delayed outcome. Nor has it one that captures another amount; the card of an
 * elevated risk, ...9235, represents a payment that a person decided about.
 */
const FATES: ReadonlyMap<string, TestCardOutcome> = new Map<string, TestCardOutcome>([
  ['4242424242424242', { status: 'succeeded' }],
  ['4000000000000002', { status: 'requires_payment_method', failureCode: 'card_declined' }],
  ['4000000000009995', { status: 'requires_payment_method', failureCode: 'insufficient_funds' }],
  ['4000000000003220', { status: 'processing' }],
  ['4000000000000259', { status: 'succeeded', trouble: 'dispute' }],
  ['4000000000005126', { status: 'succeeded', trouble: 'refund-fails' }],
  ['4000000000009235', { status: 'succeeded', trouble: 'captured-in-part' }],
]);

/** Null for any other number: a real card number must never be processed. */
export function outcomeOf(cardNumber: string): TestCardOutcome | null {
  return FATES.get(cardNumber.replace(/[\s-]/g, '')) ?? null;
}
