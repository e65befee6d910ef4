import { Customer, type Account } from '@vitrine/testing/drivers/customer.js';
import { Guest, type Placed, type Wanted } from '@vitrine/testing/drivers/guest.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { thisShop } from './this-shop.ts';

export const newGuest = (): Guest => new Guest(thisShop().apiUrl);

export const customer = (account: Account): Promise<Customer> => Customer.signIn(thisShop().apiUrl, account);

export const staffCaller = (): Promise<Staff> => Staff.signIn(thisShop().apiUrl);

let keeper: Promise<Staff> | undefined;

/** A guest orders a product, by its slug. Throws the code of whatever is refused. */
export async function order(
  slug: string,
  {
    received,
    ...wanted
  }: {
    quantity: number;
    email: string;
    paymentMethod: Wanted['paymentMethod'];
    /** So many units are put in stock first, by default those ordered; none for a journey about the last ones. */
    received?: number;
  },
): Promise<Placed> {
  const guest = newGuest();
  const variantId = await guest.variantOf(slug);
  // Journeys that share a stock run in any order.
  const units = received ?? wanted.quantity;
  if (units > 0) await (await (keeper ??= staffCaller())).receive(variantId, units);
  return guest.order({ variantId, ...wanted });
}

/** A guest's order of a product, paid by card. */
export async function buy(slug: string, quantity: number, email: string): Promise<Placed> {
  const placed = await order(slug, { quantity, email, paymentMethod: 'CARD' });
  await placed.guest.pay(placed);
  return placed;
}

/** A guest orders two units of a product by bank transfer. Returns the order's number. */
export async function orderUnpaid(slug: string, email: string): Promise<string> {
  return (await order(slug, { quantity: 2, email, paymentMethod: 'BANK_TRANSFER' })).number;
}

/** A guest orders two units of a product and pays by card. */
export const sell = (slug: string, email: string): Promise<Placed> => buy(slug, 2, email);
