import { randomUUID } from 'node:crypto';
import type { Answer } from './answer.js';
import { GOOD_CARD, payWith } from './checkout.js';
import { GraphqlClient } from './graphql-client.js';

/** What a call of the test provider is about: an intent, a refund or a dispute, by its reference. */
export type ProviderEvent =
  | { readonly intent: string }
  | { readonly refund: string }
  | { readonly dispute: string };

/** The test provider of a shop, by HTTP alone: it charges cards and calls the webhook. */
export class Provider {
  constructor(private readonly url: string) {}

  /** Tries a card, by default one that is accepted, as the payment form does. @throws Error when it is refused */
  async charge(clientSecret: string, card: string = GOOD_CARD): Promise<Answer> {
    const paid = await payWith(new GraphqlClient(this.url), clientSecret, card);
    if (paid['errors'].length > 0) throw new Error(`paymentTestConfirm: ${JSON.stringify(paid['errors'])}`);
    return paid;
  }

  /** Calls the webhook; `id` is that of the event, for a call that is repeated. */
  call(
    about: ProviderEvent,
    { id, type = 'test' }: { id?: string | undefined; type?: string } = {},
  ): Promise<Response> {
    return fetch(`${this.url}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: id ?? randomUUID(), type, ...about }),
    });
  }
}
