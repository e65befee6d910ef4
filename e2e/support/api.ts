import { Guest, type Placed, type Wanted } from '@vitrine/testing/drivers/guest.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { thisShop } from './this-shop.ts';

export const newGuest = (): Guest => new Guest(thisShop().apiUrl);

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
  const query = 'query($slug: String!) { product(slug: $slug) { variants { id } } }';
  const { product } = await guest.ask(query, { slug });
  const variantId: string = product.variants[0].id;
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
