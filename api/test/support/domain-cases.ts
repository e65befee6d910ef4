import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { KeyedCase } from './keyed-case.js';
import type { PlainCase } from './plain-cases.js';

/**
 * What a domain says of its mutations to the tests that go through all of them: `cases` of its file in the folder
 * `cases`.
 */
export interface DomainCases {
  /** Of those with an idempotency key, each at least once. */
  readonly keyed?: readonly KeyedCase[];
  /** Of those without one. */
  readonly plain?: readonly PlainCase[];
  /** Things in answers that cannot stand beside a user error, by the reason: `mutation.field`. */
  readonly absent?: Readonly<Record<string, readonly string[]>>;
  /** The rate limits of those that anybody may call. */
  readonly limits?: Readonly<Record<string, readonly string[]>>;
  /** Makes one of each of its types that are a Node, and returns its id for staff. */
  readonly nodes?: Readonly<Record<string, (fixtures: Fixtures) => Promise<string>>>;
}

const names = readdirSync(join(import.meta.dirname, 'cases')).map((file) => file.replace(/\.ts$/, ''));

export const DOMAIN_CASES: readonly DomainCases[] = await Promise.all(
  names.map(async (name) => ((await import(`./cases/${name}.ts`)) as { cases: DomainCases }).cases),
);
