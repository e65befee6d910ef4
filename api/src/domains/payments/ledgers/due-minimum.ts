import type { AppliedTender } from './ledger.js';

/*
 * What is due is nothing, or an amount that the method can collect
 *
 * A provider takes no payment below its minimum. Where tenders would leave less than that, and more than nothing, the
 * last of them give back what is missing: the buyer pays the minimum, and keeps the rest on the account. Methods that no
 * provider takes have no minimum, so the tenders of a cart depend on how the rest is to be paid.
 *
 * Transactions and locks: this is arithmetic on accounts that `Ledgers.apply` has read. `checkoutComplete` does it under
 * the locks of the cart and of those accounts, before `Tenders.hold` debits them, so an account is debited once, by what
 * it pays in the end; nothing is moved and given back.
 */

/**
 * The tenders of a total so that nothing, or at least `minimum`, is left to pay. They stay as they are where the whole
 * total is below the minimum: then the method cannot be used. Amounts in minor units.
 */
export function leavingAtLeast(
  tenders: readonly AppliedTender[],
  { total, minimum }: { readonly total: number; readonly minimum: number },
): readonly AppliedTender[] {
  const due = total - tenders.reduce((sum, { amount }) => sum + amount, 0);
  if (due <= 0 || due >= minimum || total < minimum) return tenders;
  let missing = minimum - due;
  return tenders
    .toReversed()
    .map((tender) => {
      const back = Math.min(tender.amount, missing);
      missing -= back;
      return { ...tender, amount: tender.amount - back };
    })
    .toReversed();
}
