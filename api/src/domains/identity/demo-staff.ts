import { newId } from '../../kernel/ids.js';
import { statement, t, type Database } from '../../platform/database/database.js';
import { hashPassword } from './sign-in/password.js';

const addRole = statement('identity.demo-role', {
  params: { id: t.uuid, name: t.text, permissions: t.texts },
  sql: `INSERT INTO staff_role (id, name, permissions) SELECT :id, :name, :permissions
   WHERE NOT EXISTS (SELECT FROM staff_role WHERE code IS NULL)`,
});
const addColleagues = statement('identity.demo-colleagues', {
  params: { ids: t.uuids, passwordHash: t.text },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, email_verified_at)
   SELECT id, email, :passwordHash, first_name, last_name, now()
   FROM unnest(:ids::uuid[], ARRAY['maria@example.com', 'dan@example.com'], ARRAY['Maria', 'Dan'], ARRAY['Dobre', 'Pop'])
     AS colleague (id, email, first_name, last_name)
   ON CONFLICT (lower(email)) DO NOTHING`,
});
const giveRoles = statement('identity.demo-colleagues-join', {
  params: { ids: t.uuids, name: t.text },
  sql: `INSERT INTO staff_member (user_id, role_id)
   SELECT u.id, r.id FROM app_user u JOIN staff_role r
     ON r.code = 'MANAGER' AND u.email = 'maria@example.com' OR r.name = :name AND u.email = 'dan@example.com'
   WHERE u.id = ANY(:ids::uuid[])`,
});

const ROLE = 'Expediere';
const PERMISSIONS = ['CATALOG_READ', 'JOB_READ', 'ORDER_READ', 'ORDER_WRITE', 'VIEW_WRITE'];

/** Two colleagues of the demo shop, one with a role of its own. Nobody knows their passwords: they are there to be seen. */
export async function seedDemoStaff(database: Database): Promise<void> {
  const ids = [newId(), newId()];
  const passwordHash = await hashPassword(newId() + newId());
  await database.transaction(async (tx) => {
    await tx.count(addRole, { id: newId(), name: ROLE, permissions: PERMISSIONS });
    await tx.count(addColleagues, { ids, passwordHash });
    await tx.count(giveRoles, { ids, name: ROLE });
  });
}
