import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import { statement, type Database } from '../../../platform/database/database.js';
import { readPhone } from './read-address.js';
import { USER_COLUMNS, type UserRow } from '../user.entity.js';

/** A change of the profile; null and absent keep a field, except for `phone`, which null clears. */
export interface ProfileChange {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly language?: Language | null;
  readonly marketingOptIn?: boolean | null;
}

// The time of consent is stored as long as the consent lasts.
const updateProfile = statement(
  'identity.update-profile',
  `UPDATE app_user SET
     first_name = coalesce($2, first_name),
     last_name = coalesce($3, last_name),
     phone = CASE WHEN $4 THEN $5 ELSE phone END,
     language = coalesce($6, language),
     marketing_opt_in = coalesce($7, marketing_opt_in),
     marketing_opt_in_at = CASE WHEN coalesce($7, marketing_opt_in) THEN coalesce(marketing_opt_in_at, now()) END,
     updated_at = now()
   WHERE id = $1 RETURNING ${USER_COLUMNS}`,
);

/** Changes that customers make to their own account. */
export class ProfileService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError INVALID_PHONE for an invalid telephone number */
  async update(userId: string, change: ProfileChange): Promise<UserRow> {
    const phone = readPhone(change.phone);
    if (phone === undefined)
      throw new DomainError('INVALID_PHONE', 'This is no telephone number.', ['phone']);
    const user = await this.database.row<UserRow>(updateProfile, [
      userId,
      change.firstName?.trim() ?? null,
      change.lastName?.trim() ?? null,
      change.phone !== undefined,
      phone,
      change.language ?? null,
      change.marketingOptIn ?? null,
    ]);
    if (!user) throw new NotFoundError('user');
    return user;
  }
}
