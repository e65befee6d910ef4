import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IdentityDriver } from '@vitrine/testing/drivers/identity-driver.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

let shop: TestDatabase;
let driver: IdentityDriver;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.database.pool.query('TRUNCATE app_user, rate_limit, outbox CASCADE');
  driver = new IdentityDriver(shop.database);
});

const appoint = (email: string) =>
  driver.identity.owners.appoint({ email, firstName: 'Ana', lastName: 'Pop', language: 'fr' });
const roles = async (): Promise<Record<string, string>> => {
  const { rows } = await shop.database.pool.query<{ email: string; role: string }>(
    'SELECT email, role FROM app_user',
  );
  return Object.fromEntries(rows.map(({ email, role }) => [email, role]));
};
const byHand = (text: string): Promise<string> =>
  shop.database.pool.query(text).then(
    () => 'done',
    (error: Error) => error.message,
  );

describe('the owner of the shop', () => {
  it('is made with an account of its own, and chooses a password by the link', async () => {
    const { owner, before, passwordLink } = await appoint('ana@shop.example');

    expect(owner).toMatchObject({
      email: 'ana@shop.example',
      role: 'OWNER',
      firstName: 'Ana',
      language: 'fr',
    });
    expect(before).toBeNull();
    expect(passwordLink).toMatch(/\/fr\/reset-password\?token=/);
    expect(await driver.identity.owners.current()).toMatchObject({ email: 'ana@shop.example' });
  });

  it('hands the shop on: the old one becomes an administrator, the new one keeps the account and chooses a password for staff', async () => {
    await appoint('ana@shop.example');
    await driver.answer(`mutation ($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`, {
      input: { email: 'dan@shop.example', password: 'castane coapte', firstName: 'Dan', lastName: 'Radu' },
    });

    const asCustomer = { email: 'dan@shop.example', password: 'castane coapte' };
    const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { errors { code } } }`;
    expect(await driver.answer(LOGIN, { input: asCustomer })).toEqual({ errors: [] });

    const { owner, before, passwordLink } = await appoint('DAN@shop.example');

    expect(owner).toMatchObject({ email: 'dan@shop.example', firstName: 'Dan', role: 'OWNER' });
    expect(before).toMatchObject({ email: 'ana@shop.example' });
    expect(passwordLink).toMatch(/\/reset-password\?token=/);
    expect(await roles()).toEqual({ 'ana@shop.example': 'ADMIN', 'dan@shop.example': 'OWNER' });
    // The length of the old password is unknown.
    expect(await driver.answer(LOGIN, { input: asCustomer })).toEqual({
      errors: [{ code: 'INVALID_CREDENTIALS' }],
    });
    const sessions = await shop.database.pool.query('SELECT 1 FROM user_session WHERE revoked_at IS NULL');
    expect(sessions.rows).toEqual([]);
    // Programs that follow the people of the shop hear of both, as when it is handed on in the admin.
    const told = await shop.database.pool.query<{ told: string }>(
      `SELECT u.email || ' ' || (o.payload ->> 'change') AS told FROM outbox o JOIN app_user u ON u.id = o.aggregate_id
       JOIN staff_member m ON m.user_id = u.id
       WHERE o.kind = 'staff.changed' AND (o.payload ->> 'version')::int = m.version ORDER BY 1`,
    );
    expect(told.rows.map((row) => row.told)).toEqual(['ana@shop.example ROLE', 'dan@shop.example JOINED']);
    // Ownership returns to the first account: a member of staff keeps the password.
    expect((await appoint('ana@shop.example')).passwordLink).toBeNull();
  });

  it('is one, however many are named at once', async () => {
    await appoint('ana@shop.example');

    await Promise.allSettled(['dan', 'eva', 'ion', 'lia'].map((name) => appoint(`${name}@shop.example`)));

    expect(Object.values(await roles()).filter((role) => role === 'OWNER')).toHaveLength(1);
  });

  it('is somebody who was locked as a customer, too: whoever runs the server decides', async () => {
    await driver.answer(`mutation ($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`, {
      input: { email: 'dan@shop.example', password: 'castane coapte', firstName: 'Dan', lastName: 'Radu' },
    });
    await byHand('UPDATE app_user SET locked_at = now()');

    expect((await appoint('dan@shop.example')).owner).toMatchObject({ role: 'OWNER' });
    const { rows } = await shop.database.pool.query(
      'SELECT u.locked_at AS account, m.locked_at AS member FROM app_user u JOIN staff_member m ON m.user_id = u.id',
    );
    expect(rows).toEqual([{ account: null, member: null }]);
  });

  it('stays when named again', async () => {
    await appoint('ana@shop.example');

    expect(await appoint('Ana@shop.example')).toMatchObject({ before: null, passwordLink: null });
    expect(await roles()).toEqual({ 'ana@shop.example': 'OWNER' });
  });

  it('cannot be demoted or deleted, also by hand, and there is never a second', async () => {
    await appoint('ana@shop.example');

    expect(await byHand(`UPDATE app_user SET role = 'ADMIN'`)).toMatch(/without an owner/);
    expect(await byHand(`DELETE FROM app_user`)).toMatch(/without an owner/);
    expect(
      await byHand(
        `INSERT INTO app_user (id, email, password_hash, first_name, last_name, role) VALUES (new_id(), 'b@b.test', 'x', 'B', 'B', 'OWNER')`,
      ),
    ).toMatch(/app_user_one_owner/);
    expect(await roles()).toEqual({ 'ana@shop.example': 'OWNER' });
  });

  it('is no demo account in production: everybody knows its password', async () => {
    const strict = new IdentityDriver(shop.database, { isProduction: true });

    await expect(
      strict.identity.owners.appoint({
        email: 'admin@example.com',
        firstName: 'A',
        lastName: 'B',
        language: 'ro',
      }),
    ).rejects.toThrow(/public/);
  });
});
