import { Guest } from '@vitrine/testing/drivers/guest.js';
import type { GraphqlAnswer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Page } from 'playwright-core';
import { thisShop } from './this-shop.ts';

/** The guest, or customer, who uses this page: requests are the page's own, with its cookies. */
class PageGuest extends Guest {
  constructor(private readonly page: Page) {
    super(thisShop().apiUrl);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in the driver: the schema has validated the query
  protected override post(body: string): Promise<GraphqlAnswer<any>> {
    return this.page.evaluate(async (content) => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-vitrine-client': 'storefront' },
        body: content,
      });
      return response.json();
    }, body);
  }
}

/** The page must stand somewhere in the shop. */
export const guestOn = (page: Page): Guest => new PageGuest(page);

/** Fills the cart of this browser up to the last step of the checkout. */
export async function fillCart(page: Page, slug: string, quantity = 1): Promise<void> {
  const guest = guestOn(page);
  await guest.fillCart({ variantId: await guest.variantOf(slug), quantity, email: 'ilinca@example.test' });
}
