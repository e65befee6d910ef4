import { z } from 'zod';
import type { VisitorReads } from '../../platform/database/visitor-reads.js';

const count = (least: number, most: number) =>
  z.coerce
    .number({ error: `write a number from ${least} to ${most}` })
    .int()
    .min(least, `write a number from ${least} to ${most}`)
    .max(most, `write a number from ${least} to ${most}`);

/** Where the database is and how many connections a process has. `.env.example` explains each. */
export const databaseSettings = {
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'write postgres://user:password@host:5432/database',
  }),
  DATABASE_POOL_SIZE: count(2, 200).default(10),
  DATABASE_VISITOR_POOL_SIZE: count(1, 200).default(5),
  DATABASE_VISITOR_STATEMENT_SECONDS: count(1, 30).default(5),
};

type DatabaseSettings = {
  readonly [K in keyof typeof databaseSettings]: z.output<(typeof databaseSettings)[K]>;
};

export function databaseOf(env: DatabaseSettings): {
  readonly url: string;
  readonly poolSize: number;
  readonly visitors: VisitorReads;
} {
  return {
    url: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    visitors: {
      poolSize: env.DATABASE_VISITOR_POOL_SIZE,
      statementMs: env.DATABASE_VISITOR_STATEMENT_SECONDS * 1_000,
    },
  };
}
