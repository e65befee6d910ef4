import type { Answer, GraphqlClient } from './graphql-client.js';
import type { Fixtures } from './fixtures.js';

/** A button about to be pressed. */
export interface Press {
  readonly input: Answer;
  /** What another wish under the same key says differently. */
  readonly other: Answer;
  /** Staff, when left out. */
  readonly by?: GraphqlClient;
}

export interface KeyedCase {
  readonly mutation: string;
  readonly of: string;
  /** Some of what one press leaves behind; the test counts everything else too. */
  readonly makes: Readonly<Record<string, number>>;
  readonly scene: (fixtures: Fixtures) => Promise<Press>;
}

/** Of one order, and under the same key of another. */
export function otherOrder(
  fixtures: Fixtures,
  order: Parameters<Fixtures['order']>[0],
  another: typeof order,
): Press {
  return { input: fixtures.order(order), other: fixtures.order(another) };
}
