import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, IdentityDriver } from '@vitrine/testing/drivers/identity-driver.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { globalId, newId } from '../../../kernel/ids.js';
import { identityModule } from '../identity.module.js';

interface Saved {
  id: string;
  label: string | null;
  isDefaultShipping: boolean;
  isDefaultBilling: boolean;
  address: { city: string; postalCode: string; company: string | null };
}
interface Answer {
  address: Saved | null;
  errors: { code: string; path: string[] }[];
}

const SAVED = 'id label isDefaultShipping isDefaultBilling address { city postalCode company }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { user { id } } }';
const CREATE = `mutation ($input: AddressCreateInput!) { addressCreate(input: $input) { address { ${SAVED} } errors { code path } } }`;
const UPDATE = `mutation ($input: AddressUpdateInput!) { addressUpdate(input: $input) { address { ${SAVED} } errors { code path } } }`;
const DELETE =
  'mutation ($input: AddressDeleteInput!) { addressDelete(input: $input) { ok errors { code path } } }';
const PROFILE = `mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { user { firstName lastName phone language marketingOptIn } errors { code path } } }`;
const BOOK = `{ me { addresses { ${SAVED} } } }`;
const CLUJ = {
  firstName: 'Ema',
  lastName: 'Dima',
  line1: 'Str. Horea 1',
  city: 'Cluj-Napoca',
  postalCode: '400174',
  countryCode: 'RO',
};

let shop: TestDatabase;
let driver: IdentityDriver;
let ema: Browser;
let filip: Browser;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.database.pool.query('TRUNCATE app_user, rate_limit CASCADE');
  driver = new IdentityDriver(shop.database);
  ema = await newCustomer('ema@shop.example');
  filip = await newCustomer('filip@shop.example');
});

async function newCustomer(email: string): Promise<Browser> {
  const browser = new Browser();
  const input = { email, password: 'struguri copți', firstName: 'Ema', lastName: 'Dima' };
  await driver.answer(SIGN_UP, { input }, { browser });
  return browser;
}

const create = (input: object = {}, browser = ema) =>
  driver.answer<Answer>(CREATE, { input: { address: CLUJ, ...input } }, { browser });
const update = (input: object, browser = ema) =>
  driver.answer<Answer>(UPDATE, { input: { address: CLUJ, ...input } }, { browser });
const remove = (addressId: string, browser = ema) =>
  driver.answer<{ ok: boolean; errors: object[] }>(DELETE, { input: { addressId } }, { browser });
const ledger = async (browser = ema) =>
  (await driver.answer<{ addresses: Saved[] }>(BOOK, {}, { browser })).addresses;

describe('the address book', () => {
  it('keeps what was written, tidied', async () => {
    const { address, errors } = await create({
      label: ' Acasă ',
      address: { ...CLUJ, city: '  Cluj \n Napoca ', company: '  ' },
    });

    expect(errors).toEqual([]);
    expect(address).toMatchObject({
      label: 'Acasă',
      address: { city: 'Cluj Napoca', company: null, postalCode: '400174' },
    });
    expect(await ledger()).toEqual([address]);
  });

  it('has one default of each kind: the last one chosen', async () => {
    const first = await create({ isDefaultShipping: true, isDefaultBilling: true });
    const second = await create({ isDefaultShipping: true });
    await update({ addressId: second.address?.id, isDefaultBilling: true });
    await update({ addressId: first.address?.id, isDefaultShipping: true });

    expect(
      (await ledger()).map(({ isDefaultShipping, isDefaultBilling }) => [
        isDefaultShipping,
        isDefaultBilling,
      ]),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('has one default even when ten are chosen at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ isDefaultShipping: true })));

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await ledger()).filter(({ isDefaultShipping }) => isDefaultShipping)).toHaveLength(1);
  });

  it('leaves label and defaults alone when a change does not mention them', async () => {
    const { address } = await create({ label: 'Birou', isDefaultShipping: true });

    await update({ addressId: address?.id, address: { ...CLUJ, city: 'Turda' } });
    expect(await ledger()).toMatchObject([
      { label: 'Birou', isDefaultShipping: true, address: { city: 'Turda' } },
    ]);
    await update({ addressId: address?.id, label: null });
    expect(await ledger()).toMatchObject([{ label: null, isDefaultShipping: true }]);
  });

  it('is nobody else’s to read, change or empty', async () => {
    const { address } = await create({ isDefaultShipping: true });
    const addressId = address?.id as string;

    const notFound = [{ code: 'NOT_FOUND', path: ['addressId'] }];
    expect((await update({ addressId, isDefaultShipping: true }, filip)).errors).toEqual(notFound);
    expect((await remove(addressId, filip)).errors).toEqual(notFound);
    expect(await ledger()).toEqual([address]);
    expect(await ledger(filip)).toEqual([]);
    const uuid = (await shop.database.pool.query('SELECT id FROM saved_address')).rows[0].id as string;
    expect(
      await identityModule.nodes?.addr?.find(uuid, await driver.contextOf({ browser: filip })),
    ).toBeNull();
    expect(
      await identityModule.nodes?.addr?.find(uuid, await driver.contextOf({ browser: ema })),
    ).toMatchObject({ id: uuid });
  });

  it('loses an address once', async () => {
    const { address } = await create();

    expect((await remove(address?.id as string)).ok).toBe(true);
    expect(await remove(address?.id as string)).toMatchObject({ ok: false, errors: [{ code: 'NOT_FOUND' }] });
    for (const id of ['', 'addr_x', globalId('user', newId()), globalId('addr', newId())]) {
      expect((await remove(id)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });

  it('takes at most fifty addresses', async () => {
    for (let i = 0; i < 50; i++) await create();

    expect((await create()).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('names every wrong field', async () => {
    const { errors } = await create({
      address: { ...CLUJ, lastName: ' ', city: 'x'.repeat(81), postalCode: '40017', phone: 'call me' },
    });

    expect(errors.map(({ path }) => path.join('.')).sort()).toEqual([
      'address.city',
      'address.lastName',
      'address.phone',
      'address.postalCode',
    ]);
  });
});

describe('the profile', () => {
  const change = (input: object) =>
    driver.answer<{ user: object; errors: object[] }>(PROFILE, { input }, { browser: ema });

  it('changes what is mentioned and nothing else', async () => {
    await change({ phone: '+40 721 000 111', language: 'FR', marketingOptIn: true });

    const { user } = await change({ firstName: ' Emilia ' });

    expect(user).toEqual({
      firstName: 'Emilia',
      lastName: 'Dima',
      phone: '+40721000111',
      language: 'FR',
      marketingOptIn: true,
    });
    expect((await change({ phone: null })).user).toMatchObject({
      phone: null,
      firstName: 'Emilia',
    });
  });

  it('remembers since when advertising is agreed to, and forgets it with the consent', async () => {
    const since = async () =>
      (
        await shop.database.pool.query(
          `SELECT marketing_opt_in_at AS at FROM app_user WHERE email = 'ema@shop.example'`,
        )
      ).rows[0].at as Date | null;
    await change({ marketingOptIn: true });
    const first = await since();
    await change({ marketingOptIn: true });

    expect(await since()).toEqual(first);
    await change({ marketingOptIn: false });
    expect(await since()).toBeNull();
  });

  it('refuses an empty name and what is no telephone number', async () => {
    expect((await change({ lastName: '' })).errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['lastName'] },
    ]);
    expect((await change({ phone: '12' })).errors).toMatchObject([
      { code: 'INVALID_PHONE', path: ['phone'] },
    ]);
  });
});
