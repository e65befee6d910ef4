import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const VIEW = 'id list name address isShared isDefault canChange version createdByName';

let shop: TestShop;
/** May share views. */
let owner: GraphqlClient;
/** May keep views of her own only. */
let support: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  owner = await shop.staff();
  await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
  support = await shop.customer('bob@example.com', 'Bob@123');
});
afterAll(() => shop.close());
beforeEach(() => shop.sql('DELETE FROM saved_view'));

const views = async (by: GraphqlClient, list = 'orders'): Promise<Answer[]> =>
  (await by.ask(`query($list: String!) { savedViews(list: $list) { ${VIEW} } }`, { list })).savedViews;
const change = async (by: GraphqlClient, step: string, input: Answer, entity = `view { ${VIEW} }`) =>
  (
    await by.ask(
      `mutation($input: SavedView${step}Input!) { change: savedView${step === 'Default' ? 'DefaultSet' : step}(input: $input) { ${entity} errors { code path } } }`,
      { input },
    )
  ).change as Answer;
const keep = async (by: GraphqlClient, name: string, isShared = false, address = 'status=PAID') =>
  (await change(by, 'Create', { list: 'orders', name, address, isShared })).view as Answer;
const names = async (by: GraphqlClient): Promise<string[]> => (await views(by)).map(({ name }) => name);
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);
const ALL = `views { ${VIEW} }`;

describe('a view of one member of staff', () => {
  it('is kept exactly as the address was, whatever stands in it, and only for her', async () => {
    const address = 'q=c%C4%83ni+100%25&status=PAID%2CREVIEW&of-a-plugin=1&sort=TOTAL_DESC&columns=number';

    const view = await keep(support, '  Dear orders ', false, address);

    expect(view).toMatchObject({ address, name: 'Dear orders', isShared: false, canChange: true });
    expect(await views(support)).toEqual([view]);
    expect(await names(owner)).toEqual([]);
    expect(await views(support, 'products')).toEqual([]);
  });

  it('can be neither changed nor deleted nor opened by another, who is told that there is none', async () => {
    const { id, version } = await keep(support, 'Mine');

    const refused = [
      await change(owner, 'Update', { viewId: id, name: 'Taken', expectedVersion: version }),
      await change(owner, 'Delete', { viewId: id }, 'deletedViewId'),
      await change(owner, 'Default', { list: 'orders', viewId: id }, ALL),
    ];

    expect(refused.flatMap(codes)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect((await owner.ask('query($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    expect(await names(support)).toEqual(['Mine']);
  });

  it('goes with the account, and what she shared stays', async () => {
    await keep(owner, 'For all', true);
    await shop.sql(`INSERT INTO app_user (id, email, password_hash, first_name, last_name, role)
      SELECT gen_random_uuid(), 'gone@example.com', password_hash, 'Gone', 'Soon', 'MANAGER' FROM app_user WHERE email = 'bob@example.com'`);
    const gone = await shop.customer('gone@example.com', 'Bob@123');
    await keep(gone, 'Of one who goes');
    await keep(gone, 'Shared by one who goes', true);

    await shop.sql(`DELETE FROM app_user WHERE email = 'gone@example.com'`);

    expect(await names(owner)).toEqual(['For all', 'Shared by one who goes']);
    expect(await shop.sql('SELECT 1 FROM saved_view')).toHaveLength(2);
  });
});

describe('a view of all staff', () => {
  it('is seen by everybody before their own, and changed by those who may share', async () => {
    await keep(support, 'Own');
    const { id, version } = await keep(owner, 'To ship', true);

    expect((await views(support)).map(({ name, canChange }) => [name, canChange])).toEqual([
      ['To ship', false],
      ['Own', true],
    ]);
    const input = { viewId: id, name: 'Mine now', expectedVersion: version };
    await expect(change(support, 'Update', input)).rejects.toThrow('FORBIDDEN');
    await expect(change(support, 'Delete', { viewId: id }, 'deletedViewId')).rejects.toThrow('FORBIDDEN');
    await expect(keep(support, 'For all', true)).rejects.toThrow('FORBIDDEN');
    const reorder = { list: 'orders', isShared: true, viewIds: [id] };
    await expect(change(support, 'Reorder', reorder, ALL)).rejects.toThrow('FORBIDDEN');
    expect(await names(owner)).toEqual(['To ship']);
  });

  it('of two who change it, the second is told instead of writing over the first', async () => {
    const { id, version } = await keep(owner, 'To ship', true);
    await change(owner, 'Update', {
      viewId: id,
      address: 'status=PAID&shipping=UNFULFILLED',
      expectedVersion: version,
    });

    const late = await change(owner, 'Update', {
      viewId: id,
      address: 'status=REVIEW',
      expectedVersion: version,
    });

    expect(codes(late)).toEqual(['STALE_VERSION']);
    expect(late.view).toMatchObject({ address: 'status=PAID&shipping=UNFULFILLED', version: version + 1 });
  });

  it('that becomes the own one of somebody is nobody else’s any more, not even as their first', async () => {
    const { id, version } = await keep(owner, 'To ship', true);
    await change(support, 'Default', { list: 'orders', viewId: id }, ALL);

    const taken = await change(owner, 'Update', { viewId: id, isShared: false, expectedVersion: version });

    expect(taken.view).toMatchObject({ isShared: false, canChange: true });
    expect(await names(support)).toEqual([]);
    expect(await shop.sql('SELECT 1 FROM default_view')).toEqual([]);
  });
});

it('each member of staff chooses what comes first, and a deleted view is no longer first', async () => {
  const { id } = await keep(owner, 'To ship', true);
  const own = await keep(support, 'Own');
  await change(support, 'Default', { list: 'orders', viewId: id }, ALL);
  await change(support, 'Default', { list: 'orders', viewId: own.id }, ALL);
  const first = async (by: GraphqlClient) =>
    (await views(by)).filter(({ isDefault }) => isDefault).map(({ name }) => name as string);

  expect([await first(support), await first(owner)]).toEqual([['Own'], []]);

  expect((await change(support, 'Delete', { viewId: own.id }, 'deletedViewId')).deletedViewId).toBe(own.id);
  expect(await first(support)).toEqual([]);
  await change(support, 'Default', { list: 'orders', viewId: id }, ALL);
  await change(support, 'Default', { list: 'orders', viewId: null }, ALL);
  expect(await first(support)).toEqual([]);
});

it('a view that is being deleted at that moment is chosen by nobody, who is told that there is none', async () => {
  const { id } = await keep(support, 'Going');
  let chosen: Promise<Answer> | undefined;
  await shop.shop.database.transaction(async (tx) => {
    await tx.client.query('DELETE FROM saved_view');
    chosen = change(support, 'Default', { list: 'orders', viewId: id }, ALL);
    await shop.eventually(async () => {
      const waiting = await shop.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
  });

  expect(await chosen).toMatchObject({ errors: [{ code: 'NOT_FOUND' }], views: [] });
});

it('an order keeps the view that a colleague made meanwhile, behind the others', async () => {
  const [one, two] = [await keep(owner, 'One'), await keep(owner, 'Two')];
  await keep(owner, 'Three');

  const { views: ordered } = await change(
    owner,
    'Reorder',
    { list: 'orders', isShared: false, viewIds: [two.id, one.id, two.id, 'nonsense'] },
    ALL,
  );

  expect(ordered.map(({ name }: Answer) => name)).toEqual(['Two', 'One', 'Three']);
  expect(await names(owner)).toEqual(['Two', 'One', 'Three']);
});

it('each change is told, with who made it and without what the view shows', async () => {
  const { id, version } = await keep(owner, 'To ship', true, 'q=Ana+Pop');
  await change(owner, 'Update', { viewId: id, name: 'To send', expectedVersion: version });
  await change(owner, 'Update', { viewId: id, name: 'To send', expectedVersion: version + 1 });
  await change(owner, 'Delete', { viewId: id }, 'deletedViewId');

  const told = await shop.sql<{ payload: Answer }>(
    `SELECT payload FROM outbox WHERE kind = 'saved-view.changed' ORDER BY id DESC LIMIT 3`,
  );
  expect(told.map(({ payload }) => [payload.change, payload.name]).toReversed()).toEqual([
    ['CREATED', 'To ship'],
    ['CHANGED', 'To send'],
    ['DELETED', 'To send'],
  ]);
  expect(JSON.stringify(told)).not.toContain('Ana');
});

it('a list holds fifty own views and refuses the next in words', async () => {
  for (let n = 0; n < 50; n++) await keep(support, `View ${n}`);

  const refused = await change(support, 'Create', {
    list: 'orders',
    name: 'One more',
    address: '',
    isShared: false,
  });

  expect(codes(refused)).toEqual(['TOO_MANY_VIEWS']);
  expect(await keep(owner, 'Of another')).toMatchObject({ name: 'Of another' });
});

it('names that say nothing and lists that cannot be are refused at their field', async () => {
  const paths = async (input: Answer) =>
    (
      await change(owner, 'Create', { list: 'orders', name: 'A', address: '', isShared: false, ...input })
    ).errors.map(({ path }: Answer) => path);

  expect(await paths({ name: '   ' })).toEqual([['name']]);
  expect(await paths({ list: 'No such list' })).toEqual([['list']]);
  expect(await paths({ address: 'q='.padEnd(9000, 'x') })).toEqual([['address']]);
});
