import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';

/** A prepared mutation. */
export interface Press {
  readonly input: Answer;
  /** Changed input for a different request under the same key. */
  readonly other: Answer;
  /** Staff by default. */
  readonly by?: GraphqlClient;
}

export interface KeyedCase {
  readonly mutation: string;
  readonly of: string;
  /** Expected changes of one request; the test counts all other tables too. */
  readonly makes: Readonly<Record<string, number>>;
  readonly prepare: (fixtures: Fixtures) => Promise<Press>;
}

/** An action on one order, and under the same key on another. */
export function otherOrder(
  fixtures: Fixtures,
  order: Parameters<Fixtures['order']>[0],
  another: typeof order,
): Press {
  return { input: fixtures.order(order), other: fixtures.order(another) };
}
