import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * Invitations of people to work in the shop. The mailed link is the signed `token_id`, of which only the hash is stored;
 * sending the mail again gives another one, and the former link opens nothing. At most one invitation of an address is
 * open.
 */
export class StaffInvitations1764331000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      CREATE TABLE staff_invitation (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        role_id uuid NOT NULL REFERENCES staff_role (id) ON DELETE CASCADE,
        language char(2) NOT NULL,
        token_id uuid NOT NULL UNIQUE,
        token_hash bytea NOT NULL UNIQUE,
        invited_by uuid REFERENCES app_user (id) ON DELETE SET NULL,
        expires_at timestamptz(3) NOT NULL,
        accepted_at timestamptz(3),
        revoked_at timestamptz(3),
        asked_again_at timestamptz(3),
        version int NOT NULL DEFAULT 1,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT staff_invitation_closed_once CHECK (accepted_at IS NULL OR revoked_at IS NULL)
      );
      CREATE UNIQUE INDEX staff_invitation_open ON staff_invitation (lower(email))
        WHERE accepted_at IS NULL AND revoked_at IS NULL;
      CREATE INDEX staff_invitation_role ON staff_invitation (role_id);
      CREATE INDEX staff_invitation_invited_by ON staff_invitation (invited_by) WHERE invited_by IS NOT NULL;
    `);
    await runner.query(
      recorded({
        ...{ table: 'staff_invitation', entity: 'StaffInvitation', by: 'id' },
        hidden: ['email', 'token_id', 'token_hash'],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE staff_invitation');
  }
}
