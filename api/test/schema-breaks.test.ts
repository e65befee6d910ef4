import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../scripts/schema-breaks.mjs');
const RELEASED = `
directive @auth(role: String!) on FIELD_DEFINITION
type Query { order(id: ID!): Order  shop: String! }
type Order { number: String!  total: Int!  status: OrderStatus! }
enum OrderStatus { OPEN CANCELLED }
input OrderFilter { status: OrderStatus }
type Mutation { orderList(filter: OrderFilter): [Order!]! }
`;

const folder = await mkdtemp(join(tmpdir(), 'vitrine-schema-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The output of the command, or an empty text on success. */
const runScript = (...options: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...options], { cwd: folder }, (error, _out, output) =>
      resolve(error ? output : ''),
    );
  });
const write = async (schema: string, forStrangers = RELEASED): Promise<void> => {
  await writeFile(join(folder, 'schema.graphql'), schema);
  await writeFile(join(folder, 'schema.public.graphql'), forStrangers);
};
const writeWith = (...changes: readonly (readonly [from: string, to: string])[]): Promise<void> => {
  const schema = changes.reduce((text, [from, to]) => text.replace(from, to), RELEASED);
  return write(schema, schema);
};

beforeEach(async () => {
  await mkdir(join(folder, 'released'), { recursive: true });
  await writeFile(join(folder, 'released/schema.graphql'), RELEASED);
  await writeFile(join(folder, 'released/schema.public.graphql'), RELEASED);
  await writeFile(join(folder, 'released/allowed-breaks.json'), '[]');
});

// Each test starts the command as `npm run check` does, which costs a second, so tests share runs where possible.
describe('a client that was written for the released schema', () => {
  it('is broken by nothing that nobody notices', async () => {
    await writeWith(
      ['total: Int!', ''],
      ['shop: String!', 'shop: String'],
      ['id: ID!', 'id: ID!, language: String!'],
      ['OPEN CANCELLED', 'OPEN'],
      ['status: OrderStatus }', 'status: OrderStatus! }'],
    );

    const output = await runScript();

    for (const message of [
      "Field 'total' was removed from object type 'Order'",
      "Field 'Query.shop' changed type from 'String!' to 'String'",
      "Argument 'language: String!' added to field 'Query.order'",
      "Enum value 'CANCELLED' was removed from enum 'OrderStatus'",
      "Input field 'OrderFilter.status' changed type from 'OrderStatus' to 'OrderStatus!'",
    ])
      expect(output).toContain(`- ${message}\n`);
    expect(output).toContain('npm run schema:allow -- ');
  });

  it('holds up nothing that it can live with', async () => {
    await writeWith(
      ['total: Int!', 'total: Int! @deprecated(reason: "Use sum.")  weight: Int'],
      ['OPEN CANCELLED', 'OPEN CANCELLED HELD'],
      ['id: ID!', 'id: ID!, language: String'],
    );

    expect(await runScript()).toBe('');
  });

  it('is not locked out of a field that asks for a role now', async () => {
    await write(
      RELEASED.replace('total: Int!', 'total: Int! @auth(role: "MANAGER")'),
      RELEASED.replace('total: Int!', ''),
    );

    expect(await runScript()).toContain(
      "For strangers and customers: Field 'total' was removed from object type 'Order'",
    );
  });
});

describe('a break before the first release', () => {
  const allowed = async (): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, 'released/allowed-breaks.json'), 'utf8'));

  it('is allowed with a reason, and only that one', async () => {
    await writeWith(['total: Int!', '']);
    expect(await runScript('allow')).toContain('Say in a sentence why');
    expect(await runScript('allow', 'Sums are money, not numbers')).toBe('');

    expect(await runScript()).toBe('');
    expect(await allowed()).toEqual([
      {
        reason: 'Sums are money, not numbers',
        breaks: ["Field 'total' was removed from object type 'Order'"],
      },
    ]);
    await write('type Query { order(id: ID!): Order }\ntype Order { status: String! }');
    expect(await runScript()).toMatch(/'number' was removed/);
  });

  it('leaves the list when it was taken back, and all of them when a schema is released', async () => {
    await writeWith(['total: Int!', '']);
    await runScript('allow', 'Sums are money, not numbers');
    await write(RELEASED);
    expect(await runScript()).toContain('allows what is no break');
    await runScript('allow');
    expect(await allowed()).toEqual([]);

    await writeWith(['total: Int!', '']);
    await runScript('allow', 'Sums are money, not numbers');
    await runScript('release');

    expect([await runScript(), await allowed()]).toEqual(['', []]);
  });
});
