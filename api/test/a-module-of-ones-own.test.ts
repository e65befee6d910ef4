import { Arg, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { seed } from '../src/app/seed.js';
import { modules as core } from '../src/app/modules.js';
import { catalogModule } from '../src/domains/catalog/index.js';
import { defineErrors } from '../src/kernel/error-codes.js';
import { DomainError } from '../src/kernel/errors.js';
import { defineIdPrefixes, newId } from '../src/kernel/ids.js';
import { requireId } from '../src/kernel/require-id.js';
import { statement, t, type Database, type ValuesOf } from '../src/platform/database/database.js';
import { defineChecks } from '../src/platform/database/invariant.js';
import { Auth, Public } from '../src/platform/graphql/auth-directive.js';
import { UserErrors } from '../src/platform/graphql/errors/user-errors-of.js';
import { GlobalId } from '../src/platform/graphql/derived.js';
import { Node } from '../src/platform/graphql/node.type.js';
import { asPayload, Payload } from '../src/platform/graphql/payload.js';
import { definePermissions, Role } from '../src/platform/graphql/roles.js';
import { defineEvent } from '../src/platform/jobs/define-event.js';
import { defineJob, handleJob, on } from '../src/platform/jobs/define-job.js';
import type { Outbox } from '../src/platform/jobs/outbox.js';
import { defineMail } from '../src/platform/mails/define-mail.js';
import { messagesOf } from '../src/platform/messages.js';
import { defineModule } from '../src/platform/module.js';

/*
 * A module in one file, as somebody outside this repository would write it: gift wraps for variants, each counted when
 * it was ordered. The core is not edited for it.
 */

const idPrefixes = defineIdPrefixes({ wrap: 'GiftWrap' });
const permissions = definePermissions({
  WRAP_WRITE: { description: 'Offer gift wraps.', role: Role.MANAGER },
});
const errors = defineErrors({ WRAP_TAKEN: 'The variant is wrapped in this already.' });
declare global {
  interface VitrineErrorCodes extends Record<keyof typeof errors, true> {}
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

const giftWraps = {
  name: '001-gift-wraps',
  up: `CREATE TABLE gift_wrap (id uuid PRIMARY KEY, variant_id uuid NOT NULL REFERENCES variant, pattern text NOT NULL, announced int NOT NULL DEFAULT 0)`,
  down: 'DROP TABLE gift_wrap',
};

const WRAP_ROW = { id: t.uuid, pattern: t.text, announced: t.int };
type WrapRow = ValuesOf<typeof WRAP_ROW>;

const insertWrap = statement('giftWrap.insert', {
  params: { id: t.uuid, variantId: t.uuid, pattern: t.text },
  row: WRAP_ROW,
  sql: 'INSERT INTO gift_wrap (id, variant_id, pattern) VALUES (:id, :variantId, :pattern) RETURNING id, pattern, announced',
});
const wrapTaken = statement('giftWrap.taken', {
  params: { variantId: t.uuid, pattern: t.text },
  row: WRAP_ROW,
  sql: 'SELECT id, pattern, announced FROM gift_wrap WHERE variant_id = :variantId AND pattern = :pattern',
});
const wrapById = statement('giftWrap.by-id', {
  params: { id: t.uuid },
  row: WRAP_ROW,
  sql: 'SELECT id, pattern, announced FROM gift_wrap WHERE id = :id',
});
const allWraps = statement('giftWrap.all', {
  row: WRAP_ROW,
  sql: 'SELECT DISTINCT ON (pattern) id, pattern, announced FROM gift_wrap ORDER BY pattern',
});
const insertPlainWraps = statement('giftWrap.seed', {
  sql: `INSERT INTO gift_wrap (id, variant_id, pattern) SELECT gen_random_uuid(), v.id, 'plain' FROM variant v
   WHERE NOT EXISTS (SELECT FROM gift_wrap w WHERE w.variant_id = v.id AND w.pattern = 'plain')`,
});
const countUp = statement('giftWrap.announce', {
  params: { id: t.uuid },
  sql: 'UPDATE gift_wrap SET announced = announced + 1 WHERE id = :id',
});

const wrapOffered = defineEvent('gift-wrap.offered', {
  description: 'A gift wrap can be ordered.',
  payload: z.object({ pattern: z.string() }),
});
const announceJob = defineJob({ queue: 'gift-wrap.announce', payload: z.object({ wrapId: z.uuid() }) });

const offeredMail = defineMail<{ pattern: string }, { pattern: string }>({
  name: 'gift-wrap-offered',
  on: wrapOffered,
  aggregate: 'gift-wrap',
  compose: async ({ payload: { pattern } }) => ({
    to: 'wraps@example.com',
    language: 'fr',
    model: { pattern },
  }),
  layout({ language }, { pattern }) {
    const subject = messagesOf('mails/gift-wrap-offered', language).text('subject', { pattern });
    return { subject, html: `<p>${subject}</p>`, text: subject };
  },
  messages: { en: { subject: 'New wrap: {pattern}' }, fr: { subject: 'Nouvel emballage : {pattern}' } },
});

class GiftWrap extends Node {
  pattern!: string;
}

class GiftWrapPayload extends Payload {
  giftWrap!: object | null;
}

class GiftWrapResolver {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  giftWrapsOffered(): string {
    return 'yes';
  }

  giftWrapOffer(variantId: string, pattern: string): Promise<GiftWrapPayload> {
    return asPayload(null, async () => ({
      giftWrap: await this.offer(requireId('vari', variantId, 'variant', 'variantId'), pattern),
    }));
  }

  private async offer(variant: string, pattern: string): Promise<WrapRow> {
    const wrap = await this.database.transaction(async (tx) => {
      if (await tx.row(wrapTaken, { variantId: variant, pattern }))
        throw new DomainError('WRAP_TAKEN', 'The variant is wrapped in this already.', ['pattern']);
      const row = await tx.row(insertWrap, { id: newId(), variantId: variant, pattern });
      if (!row) throw new Error('A gift wrap was not written');
      await this.outbox.append(tx, wrapOffered(row.id, { pattern }));
      return row;
    });
    this.outbox.notifyRelay();
    return wrap;
  }
}

// Called as functions: test files are transformed without decorators.
const { prototype: resolver } = GiftWrapResolver;
const described = (description: string) => ({ description });
ObjectType({ implements: Node, simpleResolvers: true, ...described('How a variant can be wrapped.') })(
  GiftWrap,
);
GlobalId('wrap')(GiftWrap.prototype, 'id');
Field(() => String, described('What it looks like.'))(GiftWrap.prototype, 'pattern');
ObjectType({ simpleResolvers: true, ...described('The gift wrap that is offered.') })(GiftWrapPayload);
Field(() => GiftWrap, { nullable: true, ...described('Null when refused.') })(
  GiftWrapPayload.prototype,
  'giftWrap',
);
Resolver()(GiftWrapResolver);
Query(() => String, described('Whether wraps are offered.'))(resolver, 'giftWrapsOffered', {});
Public()(resolver, 'giftWrapsOffered', {});
Mutation(() => GiftWrapPayload, described('Offers a gift wrap.'))(resolver, 'giftWrapOffer', {});
UserErrors('WRAP_TAKEN')(resolver, 'giftWrapOffer', {});
Auth(Role.MANAGER, 'WRAP_WRITE')(resolver, 'giftWrapOffer', {});
Arg('variantId', () => ID, described('The variant.'))(resolver, 'giftWrapOffer', 0);
Arg('pattern', () => String, described('What it looks like.'))(resolver, 'giftWrapOffer', 1);

const giftWrapModule = defineModule({
  name: 'giftWrap',
  dependsOn: [catalogModule],
  entities: [],
  tables: { gift_wrap: 'Kept: what the shop offers.' },
  migrations: [giftWraps],
  idPrefixes,
  permissions,
  errors,
  events: [wrapOffered],
  checks: defineChecks('giftWrap', [
    {
      code: 'WRAP_ANNOUNCED',
      description: 'No gift wrap is announced twice.',
      offenders: 'SELECT pattern AS sample FROM gift_wrap WHERE announced > 1',
    },
  ]),
  nodes: {
    wrap: {
      type: 'GiftWrap',
      find: (id, { database, viewer }) =>
        viewer?.permissions.has('WRAP_WRITE') ? database.row(wrapById, { id }) : Promise.resolve(null),
    },
  },
  resolvers: [GiftWrapResolver],
  setup({ database, outbox }) {
    return {
      services: {},
      resolvers: [new GiftWrapResolver(database, outbox)],
      async routes(app) {
        app.get('/gift-wraps.csv', async (_request, reply) => {
          const wraps = await database.rows(allWraps);
          return reply.type('text/csv').send(wraps.map(({ pattern }) => `${pattern}\n`).join(''));
        });
      },
      mails: [offeredMail],
      seed: { starter: async () => void (await database.count(insertPlainWraps)) },
      jobs: [
        handleJob(announceJob, async ({ wrapId }) => void (await database.count(countUp, { id: wrapId }))),
      ],
      subscriptions: [on(wrapOffered, announceJob, ({ aggregateId }) => ({ wrapId: aggregateId }))],
    };
  },
});

describe('a module of one’s own', () => {
  let shop: TestShop;
  let variantId: string;
  beforeAll(async () => {
    shop = await TestShop.open({ modules: [giftWrapModule] });
    variantId = await shop.stock({ name: 'Bowl', sku: 'BOWL', price: 5000, stock: 3 });
  });
  afterAll(() => shop.close());

  const OFFER = `mutation($variantId: ID!) { giftWrapOffer(variantId: $variantId, pattern: "stars") { giftWrap { id pattern } errors { code } } }`;

  it('brings its table, fields, permission, id, event, job and check, and nothing in the core names it', async () => {
    const staff = await shop.staff();
    const { me } = await staff.ask('{ me { permissions } }');
    const {
      giftWrapOffer: { giftWrap: wrap },
    } = await staff.ask(OFFER, { variantId });

    expect(me.permissions).toContain('WRAP_WRITE');
    expect(wrap).toMatchObject({ id: expect.stringMatching(/^wrap_/), pattern: 'stars' });
    await shop.eventually(
      async () => (await shop.sql('SELECT 1 FROM gift_wrap WHERE announced = 1')).length === 1,
    );

    const NODE = 'query($id: ID!) { node(id: $id) { __typename ... on GiftWrap { pattern } } }';
    expect((await staff.ask(NODE, { id: wrap.id })).node).toEqual({
      __typename: 'GiftWrap',
      pattern: 'stars',
    });
    expect((await shop.guest().ask(NODE, { id: wrap.id })).node).toBeNull();
    expect(core.map(({ name }) => String(name))).not.toContain('giftWrap');
  });

  it('brings its error code, which is in the schema and at the mutation that returns it', async () => {
    const CODES = `{ codes: __type(name: "ErrorCode") { enumValues { name description } }
      mutations: __type(name: "Mutation") { fields { name description } } }`;
    const staff = await shop.staff();

    const { giftWrapOffer: second } = await staff.ask(OFFER, { variantId });
    const { codes, mutations } = await staff.ask(CODES);

    expect(second).toEqual({ giftWrap: null, errors: [{ code: 'WRAP_TAKEN' }] });
    expect(codes.enumValues).toContainEqual({ name: 'WRAP_TAKEN', description: errors.WRAP_TAKEN });
    const { description } = mutations.fields.find(({ name }: { name: string }) => name === 'giftWrapOffer');
    expect(description).toContain('Errors: NOT_FOUND, WRAP_TAKEN.');
  });

  it('brings the rows it starts with, which another seed does not write twice, and an HTTP route', async () => {
    const nothingPrinted = { demo: false, print: () => undefined };
    await seed(shop.shop, nothingPrinted);
    await seed(shop.shop, nothingPrinted);

    const answer = await fetch(`${shop.url}/gift-wraps.csv`);

    expect(await shop.sql(`SELECT count(*)::int AS n FROM gift_wrap WHERE pattern = 'plain'`)).toEqual([
      { n: 1 },
    ]);
    expect(await answer.text()).toBe('plain\nstars\n');
  });

  it('brings a mail with its words, which the shop sends and lists as it does its own', async () => {
    const staff = await shop.staff();
    await staff.ask(OFFER.replace('stars', 'moons'), { variantId });

    const sent = await shop.eventually(async () =>
      (
        await shop.sql<{ subject: string }>(
          `SELECT subject FROM dev_inbox WHERE recipient = 'wraps@example.com'`,
        )
      ).find(({ subject }) => subject.includes('moons')),
    );
    const { emails } = await staff.ask(
      '{ emails(filter: { template: "gift-wrap-offered" }) { nodes { status } } }',
    );

    expect(sent.subject).toBe('Nouvel emballage : moons');
    expect(emails.nodes).toContainEqual({ status: 'SENT' });
  });

  it('is guarded as the core is: who lacks its permission offers nothing', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');

    const refused = await alice.send(OFFER, { variantId });

    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await shop.guest().ask('{ giftWrapsOffered }')).giftWrapsOffered).toBe('yes');
  });

  it('is audited each night with the core', async () => {
    const staff = await shop.staff();
    const REPORT = '{ integrityReport { ok checks { code violations samples } } }';
    const check = async () =>
      (await staff.ask(REPORT)).integrityReport.checks.find(
        ({ code }: { code: string }) => code === 'WRAP_ANNOUNCED',
      );
    expect(await check()).toMatchObject({ violations: 0 });

    await shop.sql('UPDATE gift_wrap SET announced = 2 WHERE pattern = $1', ['stars']);

    expect(await check()).toMatchObject({ violations: 1, samples: ['stars'] });
  });
});
