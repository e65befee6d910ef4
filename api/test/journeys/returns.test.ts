import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { buy, GOOD_CARD, payWith } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { storedFiles } from '@vitrine/testing/shop/stored-files.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ env: { RETURN_DAYS: '14' } });
  staff = await shop.staff();
});
afterAll(() => shop.close());

const RETURN = `id number status resolution reason comment noteToBuyer version value { amount } order { number }
  lines { id quantity received restocked orderLine { id sku } exchangeVariant { sku } } photos { id url status width height }
  refund { id status amount { amount } lines { quantity restocked } } exchangeOrder { id number status source discount { amount } total { gross { amount } } lines { sku quantity } }`;
const PAYLOAD = `return { ${RETURN} } order { version } errors { code path }`;
const ORDER = `id number version status actions refundable { amount } refundedTotal { amount } total { gross { amount } } shipping { gross { amount } }
  lines { id sku quantity returnableQuantity refundedQuantity total { gross { amount } } } returns { number status } staffActions
  events { kind actorKind data { returnNumber } }`;
const BY_TOKEN = `query($token: String!) { orderByToken(token: $token) { ${ORDER} } }`;
const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { order { version } shipment { id } errors { code } } }`;
const UPLOAD = `mutation($input: ReturnPhotoUploadCreateInput!) { returnPhotoUploadCreate(input: $input) { upload { id url headers { name value } } errors { code path } } }`;

const mutation = (name: string, type: string): string =>
  `mutation($input: ${type}!) { ${name}(input: $input) { ${PAYLOAD} } }`;
const TYPES: Readonly<Record<string, string>> = {
  returnRequest: 'ReturnRequestInput',
  returnCancel: 'ReturnCancelInput',
  returnApprove: 'ReturnDecisionInput',
  returnReject: 'ReturnDecisionInput',
  returnReceive: 'ReturnReceiveInput',
  returnRefund: 'ReturnRefundInput',
  returnExchange: 'ReturnExchangeInput',
};
async function call(name: string, input: object, as: GraphqlClient = staff): Promise<Answer> {
  const whole = { idempotencyKey: randomUUID(), ...input };
  return (await as.ask(mutation(name, TYPES[name] ?? ''), { input: whole }))[name] as Answer;
}
const ask = (order: Answer, input: object = {}): Promise<Answer> =>
  call(
    'returnRequest',
    {
      orderToken: order.token,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
      reason: 'DAMAGED',
      resolution: 'REFUND',
      ...input,
    },
    shop.guest(),
  );
const byToken = async (token: string): Promise<Answer> =>
  (await shop.guest().ask(BY_TOKEN, { token })).orderByToken;
const read = async (id: string): Promise<Answer> =>
  (await staff.ask(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id })).order;

const unitsInStock = async (sku: string): Promise<number> =>
  (
    await shop.sql<{ left: number }>(
      'SELECT sum(s.on_hand)::int AS left FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1',
      [sku],
    )
  )[0]?.left ?? 0;

let made = 0;
async function thing(price = 1000): Promise<{ variantId: string; sku: string }> {
  const sku = `BACK-${++made}`;
  return { variantId: await shop.stock({ name: sku, sku, price, stock: 10 }), sku };
}

/** An order that has left, or a part of it. */
async function shipped(quantity = 3, leave = quantity, as = shop.guest()): Promise<Answer> {
  const { variantId, sku } = await thing();
  const { id, token } = await buy(as, [{ variantId, quantity }], `back${made}@example.test`);
  const { version, lines } = await read(id);
  if (leave > 0) {
    const shipment = [{ orderLineId: lines[0].id, quantity: leave }];
    await staff.ask(SHIP, { input: { orderId: id, expectedVersion: version, lines: shipment } });
  }
  return { ...(await byToken(token)), id, token, sku, variantId };
}
/** A return up to the state before the money. */
async function received(order: Answer, quantity: number, input: object = {}): Promise<Answer> {
  const asked = await ask(order, {
    lines: [{ orderLineId: order.lines[0].id, quantity }],
    ...input,
  });
  const { return: open } = await call('returnApprove', {
    returnId: asked.return.id,
    expectedVersion: asked.return.version ?? 1,
  });
  const done = await call('returnReceive', {
    returnId: open.id,
    expectedVersion: open.version,
    lines: [{ returnLineId: open.lines[0].id, received: quantity, restocked: quantity }],
  });
  expect(done.errors).toEqual([]);
  return done.return as Answer;
}

const jpeg = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#76876A' } })
    .withExif({ IFD0: { Copyright: 'SECRET' } })
    .jpeg()
    .toBuffer();
async function photo(order: Answer, content: Buffer): Promise<{ id: string; status: number }> {
  const input = {
    orderToken: order.token,
    filename: 'a.jpg',
    contentType: 'image/jpeg',
    size: content.length,
  };
  const { upload } = (await shop.guest().ask(UPLOAD, { input })).returnPhotoUploadCreate;
  const sent = await fetch(`${shop.url}${upload.url}`, {
    method: 'PUT',
    headers: { 'content-type': 'image/jpeg' },
    body: new Uint8Array(content),
  });
  return { id: upload.id, status: sent.status };
}

describe('a buyer sends something back', () => {
  it('from the request with an image to the money, and the stock counts what came', async () => {
    const order = await shipped(3);
    const image = await photo(order, await jpeg());

    const asked = await ask(order, {
      lines: [{ orderLineId: order.lines[0].id, quantity: 2 }],
      comment: ' The handle broke ',
      photoIds: [image.id],
    });
    const approved = await call('returnApprove', {
      returnId: asked.return.id,
      expectedVersion: 1,
      note: 'Send it to us',
    });
    const came = await call('returnReceive', {
      returnId: asked.return.id,
      expectedVersion: approved.return.version,
      lines: [{ returnLineId: approved.return.lines[0].id, received: 2, restocked: 1 }],
    });
    const paid = await call('returnRefund', {
      returnId: asked.return.id,
      expectedVersion: came.return.version,
    });

    expect(order).toMatchObject({
      actions: expect.arrayContaining(['RETURN']) as unknown,
      lines: [{ returnableQuantity: 3 }],
    });
    expect(asked).toMatchObject({
      errors: [],
      return: {
        number: expect.stringMatching(/^R\d+$/) as unknown,
        status: 'REQUESTED',
        comment: 'The handle broke',
        version: null,
        value: { amount: 2000 },
        order: { number: order.number },
        lines: [{ quantity: 2, received: 0 }],
        // A worker makes it meanwhile, and may be done.
        photos: [{ status: expect.stringMatching(/^(PROCESSING|READY)$/) as unknown, width: 40, height: 30 }],
      },
    });
    expect(approved).toMatchObject({
      errors: [],
      return: { status: 'APPROVED', noteToBuyer: 'Send it to us' },
    });
    expect(came).toMatchObject({
      errors: [],
      return: { status: 'RECEIVED', lines: [{ received: 2, restocked: 1 }] },
    });
    expect(paid).toMatchObject({
      errors: [],
      return: {
        status: 'REFUNDED',
        refund: { amount: { amount: 2000 }, lines: [{ quantity: 2, restocked: 0 }] },
      },
    });
    expect(await unitsInStock(order.sku)).toBe(8);
    const after = await shop.eventually(async () => {
      const now = await byToken(order.token);
      return now.refundedTotal.amount === 2000 && now;
    });
    expect(after).toMatchObject({
      returns: [{ number: asked.return.number, status: 'REFUNDED' }],
      lines: [{ returnableQuantity: 1, refundedQuantity: 2 }],
    });
    expect(
      after.events
        .filter(({ kind }: Answer) => kind.startsWith('RETURN_'))
        .map(({ kind, actorKind, data }: Answer) => [kind, actorKind, data.returnNumber]),
    ).toEqual([
      ['RETURN_REQUESTED', 'CUSTOMER', asked.return.number],
      ['RETURN_APPROVED', 'STAFF', asked.return.number],
      ['RETURN_RECEIVED', 'STAFF', asked.return.number],
      ['RETURN_REFUNDED', 'STAFF', asked.return.number],
    ]);
  });

  it('and takes the request back, or is told no; then may ask again', async () => {
    const order = await shipped(1);
    const first = await ask(order);
    const cancelled = await call(
      'returnCancel',
      { returnId: first.return.id, orderToken: order.token },
      shop.guest(),
    );
    const second = await ask(order);
    const rejected = await call('returnReject', {
      returnId: second.return.id,
      expectedVersion: 1,
      note: 'It was used',
    });
    const third = await ask(order);

    expect(cancelled).toMatchObject({ errors: [], return: { status: 'CANCELLED' } });
    expect(rejected).toMatchObject({
      errors: [],
      return: { status: 'REJECTED', noteToBuyer: 'It was used' },
    });
    expect(third.errors).toEqual([]);
    expect((await byToken(order.token)).returns).toHaveLength(3);
  });

  it('with an account, by the id of the order', async () => {
    const alice = await shop.customer('alice@example.com', 'Alice@123');
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    const order = await shipped(2, 2, alice);
    const requested = {
      orderId: order.id,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
      reason: 'CHANGED_MIND',
      resolution: 'REFUND',
    };

    const byBob = await call('returnRequest', requested, bob);
    const byNobody = await call('returnRequest', requested, shop.guest());
    const byAlice = await call('returnRequest', requested, alice);
    const look = `query($id: ID!) { node(id: $id) { ... on Return { number } } }`;
    const seen = await Promise.all(
      [alice, bob, shop.guest(), staff].map(
        async (who) => (await who.ask(look, { id: byAlice.return.id })).node,
      ),
    );
    const taken = await call('returnCancel', { returnId: byAlice.return.id }, bob);
    const given = await call('returnCancel', { returnId: byAlice.return.id }, alice);

    expect([byBob, byNobody].map(({ errors }) => errors[0].code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(byAlice.errors).toEqual([]);
    expect(seen.map((node) => node?.number)).toEqual([
      byAlice.return.number,
      undefined,
      undefined,
      byAlice.return.number,
    ]);
    expect(taken.errors[0].code).toBe('NOT_FOUND');
    expect(given.return.status).toBe('CANCELLED');
  });
});

describe('a request is refused', () => {
  it('for more than left, twice, or never bought', async () => {
    const order = await shipped(3, 2);
    const other = await shipped(1);
    const variantId = order.variantId as string;
    const lines = (quantity: number, id: string = order.lines[0].id): object => ({
      lines: [{ orderLineId: id, quantity }],
    });
    const userErrors = [
      await ask(order, lines(3)),
      await ask(order, lines(0)),
      await ask(order, lines(-1)),
      await ask(order, lines(1, other.lines[0].id)),
      await ask(order, lines(1, 'line_nonsense')),
      await ask(order, { lines: [] }),
      await ask(order, { lines: [1, 1].map(() => ({ orderLineId: order.lines[0].id, quantity: 1 })) }),
      await ask(order, {
        lines: [{ orderLineId: order.lines[0].id, quantity: 1, exchangeVariantId: variantId }],
      }),
      await ask(order, {
        resolution: 'EXCHANGE',
        lines: [{ orderLineId: order.lines[0].id, quantity: 1, exchangeVariantId: 'vari_nonsense' }],
      }),
      await ask(order, { comment: 'x'.repeat(2001) }),
      await ask(order, { photoIds: ['upl_nonsense'] }),
      await ask(order, { orderToken: other.token }),
      await ask(order, { orderToken: 'nonsense' }),
    ];
    const all = await ask(order, lines(2));
    const again = await ask(order, lines(1));

    expect(userErrors.map(({ errors }) => errors[0].code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
    expect(all.errors).toEqual([]);
    expect(again.errors[0]).toMatchObject({ code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] });
  });

  it('before anything has left and after the time is over, and the page does not offer it', async () => {
    const early = await shipped(1, 0);
    const late = await shipped(1);
    const delivered = await shipped(1);
    const age = `UPDATE shipment SET shipped_at = now() - interval '15 days' WHERE order_id = (SELECT id FROM shop_order WHERE number = $1)`;
    for (const { number } of [late, delivered]) await shop.sql(age, [number]);
    await shop.sql(
      `UPDATE shipment SET status = 'DELIVERED', delivered_at = now() - interval '13 days' WHERE order_id = (SELECT id FROM shop_order WHERE number = $1)`,
      [delivered.number],
    );

    const answers = [await ask(early), await ask(late), await ask(delivered)];

    expect(answers.map(({ errors }) => errors[0]?.code)).toEqual([
      'INVALID_INPUT',
      'RETURN_WINDOW_CLOSED',
      undefined,
    ]);
    for (const { token } of [early, late]) {
      expect(await byToken(token)).toMatchObject({
        actions: expect.not.arrayContaining(['RETURN']) as unknown,
        lines: [{ returnableQuantity: 0 }],
      });
    }
  });

  it('for what was paid back already', async () => {
    const order = await shipped(2);
    const { version } = await read(order.id);
    await staff.ask(
      `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { errors { code } } }`,
      {
        input: {
          orderId: order.id,
          expectedVersion: version,
          lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
          idempotencyKey: randomUUID(),
        },
      },
    );

    expect(
      (await ask(order, { lines: [{ orderLineId: order.lines[0].id, quantity: 2 }] })).errors[0].code,
    ).toBe('INVALID_INPUT');
    expect((await byToken(order.token)).lines).toMatchObject([{ returnableQuantity: 1 }]);
  });
});

describe('images', () => {
  it('are seen by a signed address only, without what the camera wrote into them', async () => {
    const order = await shipped(1);
    const { id } = await photo(order, await jpeg());
    const asked = await ask(order, { photoIds: [id] });
    const url = asked.return.photos[0].url as string;
    await shop.eventually(async () => (await fetch(shop.url + url)).ok);
    const key = (
      await shop.sql<{ key: string }>(
        'SELECT storage_key AS key FROM return_photo WHERE storage_key IS NOT NULL ORDER BY created_at DESC LIMIT 1',
      )
    )[0]?.key;

    const seen = await fetch(shop.url + url);
    const bytes = Buffer.from(await seen.arrayBuffer());
    const [token = ''] = url.split('/').slice(-1);
    const forged = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`;
    const misses = await Promise.all(
      [url.replace(token, forged), url.replace(token, ''), `/media/${key}`, `/media/../private/${key}`].map(
        async (path) => (await fetch(shop.url + path)).status,
      ),
    );

    expect(seen.status).toBe(200);
    expect(seen.headers.get('content-type')).toBe('image/jpeg');
    expect(seen.headers.get('cache-control')).toMatch(/private/);
    expect(bytes.includes('SECRET')).toBe(false);
    expect(misses).toEqual([404, 404, 404, 404]);
    const original = async (): Promise<string | null> =>
      (
        await shop.sql<{ key: string | null }>(
          'SELECT original_key AS key FROM return_photo WHERE storage_key = $1',
          [key],
        )
      )[0]?.key ?? null;
    await shop.eventually(async () => (await original()) === null);
    expect(
      (await storedFiles(shop.shop.env.dataDir)).filter((file) => file.includes(basename(key ?? '?'))),
    ).toEqual([`private/${key}`]);
    const later = await shop.beside({ worker: false });
    later.clock.advance(3 * 3_600_000);
    expect((await fetch(later.url + url)).status).toBe(404);
    await later.close();
  });

  it('that break off are told to staff as damaged, and staff can have them tried again', async () => {
    const order = await shipped(1);
    const noise = Buffer.from(Array.from({ length: 60 * 60 * 3 }, (_, i) => (i * 7919) % 256));
    const whole = await sharp(noise, { raw: { width: 60, height: 60, channels: 3 } })
      .jpeg()
      .toBuffer();
    const { id, status } = await photo(order, whole.subarray(0, whole.length / 2));
    const { return: asked } = await ask(order, { photoIds: [id] });
    const photoId = asked.photos[0].id as string;
    const seen = async (): Promise<Answer> =>
      (
        await staff.ask('query($id: ID!) { return(id: $id) { photos { id status failure } } }', {
          id: asked.id,
        })
      ).return.photos[0];

    const failed = await shop.eventually(async () => {
      const now = await seen();
      return now.status === 'FAILED' && now;
    });
    const RETRY = `mutation($input: ReturnPhotoRetryInput!) { returnPhotoRetry(input: $input) { errors { code } return { photos { status } } } }`;
    const retried = (await staff.ask(RETRY, { input: { photoId } })).returnPhotoRetry;
    const foreign = await shop.guest().send(RETRY, { input: { photoId } });

    expect(status).toBe(204);
    expect(failed).toEqual({ id: photoId, status: 'FAILED', failure: 'DAMAGED' });
    // It may have failed again before the answer was read.
    expect(retried).toEqual({
      errors: [],
      return: { photos: [{ status: expect.stringMatching(/^(PROCESSING|FAILED)$/) as unknown }] },
    });
    expect(foreign.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await shop.eventually(async () => (await seen()).status === 'FAILED');
  });

  it('that no return names go after a day with every file of theirs, also one that a crash left behind', async () => {
    const order = await shipped(1);
    const used = await photo(order, await jpeg());
    await photo(order, await jpeg());
    expect((await ask(order, { photoIds: [used.id] })).errors).toEqual([]);
    const photosNow = () =>
      shop.sql<{ status: string; key: string; isUsed: boolean }>(
        `SELECT p.status, p.storage_key AS key, p.return_id IS NOT NULL AS "isUsed" FROM return_photo p JOIN shop_order o ON o.id = p.order_id
         WHERE o.number = $1 ORDER BY p.return_id`,
        [order.number],
      );
    await shop.eventually(async () => (await photosNow()).every(({ status }) => status === 'READY'));
    const [kept, unused] = await photosNow();
    const { dataDir } = shop.shop.env;
    for (const [at, key] of [kept!, unused!].entries()) {
      await writeFile(join(dataDir, 'private/originals', `crashed-${at}.jpg`), 'half');
      await shop.sql(
        `UPDATE return_photo SET written_keys = written_keys || $2::text, expires_at = now() - interval '2 days' WHERE storage_key = $1`,
        [key.key, `originals/crashed-${at}.jpg`],
      );
    }

    await shop.shop.jobs.find(({ job }) => job.queue === 'returns.clean-up-photos')!.run({});

    expect(await photosNow()).toEqual([kept]);
    const files = await storedFiles(dataDir);
    expect(files.filter((file) => file.includes('crashed-'))).toEqual([]);
    expect(files).toContain(`private/${kept!.key}`);
    expect(files.filter((file) => file.includes(basename(unused!.key)))).toEqual([]);
  });

  it('that are no images, too large, of another order or used twice are not taken', async () => {
    const order = await shipped(2);
    const other = await shipped(1);
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const fake = await photo(order, script);
    const good = await photo(order, await jpeg());
    const foreign = await photo(other, await jpeg());
    const announce = async (input: object): Promise<Answer> =>
      (
        await shop.guest().ask(UPLOAD, {
          input: {
            orderToken: order.token,
            filename: 'a.jpg',
            contentType: 'image/jpeg',
            size: 10,
            ...input,
          },
        })
      ).returnPhotoUploadCreate;

    const refused = [
      await announce({ contentType: 'image/svg+xml' }),
      await announce({ size: 8 * 1024 * 1024 + 1 }),
      await announce({ size: 0 }),
      await announce({ orderToken: 'nonsense' }),
    ];
    const requestedLines = [
      await ask(order, { photoIds: [fake.id] }),
      await ask(order, { photoIds: [foreign.id] }),
      await ask(order, { photoIds: Array.from({ length: 7 }, () => good.id) }),
      await ask(order, { photoIds: [good.id] }),
      await ask(order, { photoIds: [good.id] }),
    ];

    expect(fake.status).toBe(422);
    expect([good.status, foreign.status]).toEqual([204, 204]);
    expect(refused.map(({ errors }) => errors[0].code)).toEqual([
      'UPLOAD_INVALID',
      'UPLOAD_INVALID',
      'INVALID_INPUT',
      'NOT_FOUND',
    ]);
    expect(requestedLines.map(({ errors }) => errors[0]?.code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      undefined,
      'INVALID_INPUT',
    ]);
  });

  it('are not announced without end', async () => {
    const order = await shipped(1);
    const input = { orderToken: order.token, filename: 'a.jpg', contentType: 'image/jpeg', size: 10 };

    const answers = [];
    for (let i = 0; i < 25; i++) answers.push(await shop.guest().send(UPLOAD, { input }));

    expect(answers.at(-1)?.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  });
});

describe('staff', () => {
  it('take in what arrived, no more than asked for, and not twice', async () => {
    const order = await shipped(3);
    const { return: asked } = await ask(order, { lines: [{ orderLineId: order.lines[0].id, quantity: 2 }] });
    const base = { returnId: asked.id };
    const early = await call('returnReceive', { ...base, expectedVersion: 1, lines: [] });
    const { return: open } = await call('returnApprove', { ...base, expectedVersion: 1 });
    const line = open.lines[0].id as string;
    const arrive = (received: number, restocked: number, id = line): Promise<Answer> =>
      call('returnReceive', {
        ...base,
        expectedVersion: open.version,
        lines: [{ returnLineId: id, received, restocked }],
      });

    const userErrors = [
      await arrive(3, 0),
      await arrive(1, 2),
      await arrive(-1, -1),
      await arrive(0, 0),
      await arrive(1, 0, 'rline_nonsense'),
      await call('returnReceive', { ...base, expectedVersion: open.version + 1, lines: [] }),
      await call('returnRefund', { ...base, expectedVersion: open.version }),
    ];
    const done = await arrive(1, 1);
    const twice = await call('returnReceive', {
      ...base,
      expectedVersion: done.return.version,
      lines: [{ returnLineId: line, received: 1, restocked: 1 }],
    });

    expect(early.errors[0].code).toBe('ILLEGAL_TRANSITION');
    expect(userErrors.map(({ errors }) => errors[0].code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'STALE_VERSION',
      'ILLEGAL_TRANSITION',
    ]);
    expect(done).toMatchObject({ errors: [], return: { status: 'RECEIVED', value: { amount: 1000 } } });
    expect(twice.errors[0].code).toBe('ILLEGAL_TRANSITION');
    expect(await unitsInStock(order.sku)).toBe(8);
    // One of the two never came: it may be asked for again.
    expect((await byToken(order.token)).lines).toMatchObject([{ returnableQuantity: 2 }]);
  });

  it('give the delivery too, or another amount, and never a second time', async () => {
    const order = await shipped(2);
    const back = await received(order, 1);
    const paid = await call('returnRefund', {
      returnId: back.id,
      expectedVersion: back.version,
      shipping: order.shipping.gross.amount,
    });
    const again = await call('returnRefund', { returnId: back.id, expectedVersion: paid.return.version });
    const second = await received(order, 1);
    const tooMuch = await call('returnRefund', {
      returnId: second.id,
      expectedVersion: second.version,
      amount: 1001,
    });
    const less = await call('returnRefund', {
      returnId: second.id,
      expectedVersion: second.version,
      amount: 700,
    });

    expect(paid.return.refund.amount.amount).toBe(1000 + (order.shipping.gross.amount as number));
    expect(again.errors[0].code).toBe('ILLEGAL_TRANSITION');
    expect(tooMuch.errors[0].code).toBe('REFUND_TOO_LARGE');
    expect(less).toMatchObject({
      errors: [],
      return: { status: 'REFUNDED', refund: { amount: { amount: 700 } } },
    });
    expect((await read(order.id)).refundable.amount).toBe(300);
    expect(await unitsInStock(order.sku)).toBe(10);
  });

  it('repeat a request fifty times with one key for one effect', async () => {
    const order = await shipped(2);
    const requested = {
      orderToken: order.token,
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
      reason: 'OTHER',
      resolution: 'REFUND',
      idempotencyKey: randomUUID(),
    };
    const fifty = async (name: string, input: object, as: GraphqlClient): Promise<Answer> => {
      const key = { idempotencyKey: randomUUID(), ...input };
      const answers = await Promise.all(Array.from({ length: 50 }, () => call(name, key, as)));
      expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
      expect(new Set(answers.map(({ return: { id, status } }) => `${id} ${status}`)).size).toBe(1);
      return answers[0]?.return as Answer;
    };

    const asked = await fifty('returnRequest', requested, shop.guest());
    const other = await call('returnRequest', { ...requested, reason: 'DAMAGED' }, shop.guest());
    const { id: returnId } = asked;
    const open = await fifty('returnApprove', { returnId, expectedVersion: 1 }, staff);
    const lines = [{ returnLineId: open.lines[0].id, received: 1, restocked: 1 }];
    const came = await fifty('returnReceive', { returnId, expectedVersion: open.version, lines }, staff);
    const paid = await fifty('returnRefund', { returnId, expectedVersion: came.version }, staff);

    expect(other.errors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(paid.status).toBe('REFUNDED');
    expect((await byToken(order.token)).returns).toHaveLength(1);
    expect(await unitsInStock(order.sku)).toBe(9);
  });

  it('find returns by number, order and buyer, and turn the pages of the queue', async () => {
    const order = await shipped(4);
    const email = `back${made}@example.test`;
    for (let i = 0; i < 3; i++) await ask(order);
    const list = async (args: string): Promise<Answer> =>
      (
        await staff.ask(
          `{ returns(${args}) { nodes { number status order { number } } totalCount pageInfo { hasNextPage endCursor } } }`,
        )
      ).returns;
    const numbers = (page: Answer): string[] => page.nodes.map(({ number }: Answer) => number);

    const mine = numbers(await list(`first: 10, search: "${email}"`));
    const [first = ''] = mine;
    const page = await list(`first: 2, search: "${email}", sort: OLDEST`);
    const next = await list(
      `first: 2, search: "${email}", sort: OLDEST, after: "${page.pageInfo.endCursor}"`,
    );

    expect(mine).toHaveLength(3);
    expect(numbers(await list(`first: 10, search: "${first.toLowerCase()}"`))).toEqual([first]);
    expect(numbers(await list(`first: 10, search: "${order.number}"`)).sort()).toEqual([...mine].sort());
    expect(numbers(await list(`first: 10, search: "${email}", filter: { statuses: [APPROVED] }`))).toEqual(
      [],
    );
    expect([...numbers(page), ...numbers(next)]).toEqual([...mine].reverse());
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const guest = await shop.guest().send('{ returns(first: 1) { nodes { id } } }');
    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('other goods instead', () => {
  const requestFor = (order: Answer, variantId: string | null, quantity = 1): object => ({
    resolution: 'EXCHANGE',
    lines: [{ orderLineId: order.lines[0].id, quantity, exchangeVariantId: variantId }],
  });
  const exchange = (back: Answer): Promise<Answer> =>
    call('returnExchange', { returnId: back.id, expectedVersion: back.version });

  it('of the same price go out at once, and the money for the old ones is spent', async () => {
    const order = await shipped(2);
    const back = await received(order, 1, requestFor(order, null));
    const before = (await read(order.id)).refundable.amount as number;

    const done = await exchange(back);
    const again = await exchange({ ...back, version: done.return.version });

    expect(done).toMatchObject({
      errors: [],
      return: {
        status: 'EXCHANGED',
        refund: null,
        exchangeOrder: {
          status: 'PAID',
          source: 'EXCHANGE',
          discount: { amount: 1000 },
          total: { gross: { amount: 0 } },
          lines: [{ sku: order.sku, quantity: 1 }],
        },
      },
    });
    expect(again.errors[0].code).toBe('ILLEGAL_TRANSITION');
    expect((await read(order.id)).refundable.amount).toBe(before - 1000);
    expect(await unitsInStock(order.sku)).toBe(8);
  });

  it('that cost more wait for the difference', async () => {
    const order = await shipped(1);
    const dear = await thing(2500);
    const back = await received(order, 1, requestFor(order, dear.variantId));

    const done = await exchange(back);
    const { id, status, total } = done.return.exchangeOrder;

    expect({ status, gross: total.gross.amount }).toEqual({ status: 'PENDING_PAYMENT', gross: 1500 });
    const secret = await shop.eventually(
      async () =>
        (
          await shop.sql<{ secret: string }>(
            `SELECT i.client_secret AS secret FROM test_provider_intent i JOIN payment p ON p.provider_reference = i.id
             JOIN shop_order o ON o.id = p.order_id WHERE o.number = $1`,
            [done.return.exchangeOrder.number],
          )
        )[0]?.secret,
    );
    await payWith(shop.guest(), secret, GOOD_CARD);
    expect((await read(id)).status).toBe('PAID');
  });

  it('that cost less send the rest back; given up, they send back the money that was kept for them', async () => {
    const order = await shipped(1);
    const cheap = await thing(400);
    const back = await received(order, 1, requestFor(order, cheap.variantId));
    const whole = (await read(order.id)).refundable.amount as number;

    const done = await exchange(back);
    const spent = (await read(order.id)).refundable.amount;
    const { version } = await read(done.return.exchangeOrder.id);
    const cancelled = await staff.ask(
      `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } errors { code } } }`,
      {
        input: {
          orderId: done.return.exchangeOrder.id,
          expectedVersion: version,
          idempotencyKey: randomUUID(),
        },
      },
    );

    expect(done).toMatchObject({
      errors: [],
      return: { refund: { amount: { amount: 600 } }, exchangeOrder: { discount: { amount: 400 } } },
    });
    expect(spent).toBe(whole - 1000);
    expect(cancelled.orderCancel).toMatchObject({ errors: [], order: { status: 'CANCELLED' } });
    const after = await shop.eventually(async () => {
      const found = await read(order.id);
      return found.refundedTotal.amount === 1000 && found;
    });
    expect(after.refundable.amount).toBe(whole - 1000);
  });

  it('that are sold out are refused, and nothing has changed', async () => {
    const order = await shipped(2);
    const rare = await thing();
    const back = await received(order, 2, requestFor(order, rare.variantId, 2));
    await buy(shop.guest(), [{ variantId: rare.variantId, quantity: 9 }], 'rare@example.test');

    const done = await exchange(back);

    expect(done.errors[0].code).toBe('INSUFFICIENT_STOCK');
    expect((await read(order.id)).returns).toMatchObject([{ status: 'RECEIVED' }]);
  });

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(shop);
  });
});
