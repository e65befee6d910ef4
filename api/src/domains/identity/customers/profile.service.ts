import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import { assertOffered, languagesGroup, type SettingsService } from '../../store/index.js';
import { personName } from './person-name.js';
import { readPhone } from './read-address.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../user.entity.js';

/** A change of the profile; null and absent keep a field, except for `phone`, which null clears. */
export interface ProfileChange {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly phone?: string | null;
  readonly language?: Language | null;
  readonly marketingOptIn?: boolean | null;
}

// The time of consent is stored as long as the consent lasts.
const updateProfile = statement('identity.update-profile', {
  params: {
    userId: t.uuid,
    firstName: t.text.orNull,
    lastName: t.text.orNull,
    setsPhone: t.boolean,
    phone: t.text.orNull,
    language: t.text.orNull,
    marketingOptIn: t.boolean.orNull,
  },
  row: USER_ROW,
  sql: `UPDATE app_user SET
     first_name = coalesce(:firstName, first_name),
     last_name = coalesce(:lastName, last_name),
     phone = CASE WHEN :setsPhone THEN :phone ELSE phone END,
     language = coalesce(:language, language),
     marketing_opt_in = coalesce(:marketingOptIn, marketing_opt_in),
     marketing_opt_in_at = CASE WHEN coalesce(:marketingOptIn, marketing_opt_in) THEN coalesce(marketing_opt_in_at, now()) END,
     updated_at = now()
   WHERE id = :userId RETURNING ${USER_COLUMNS}`,
});

/** Changes that customers make to their own account. */
export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly settings: Pick<SettingsService, 'get'>,
  ) {}

  /**
   * A customer chooses one of the languages that buyers are offered; staff, who are written to in every one, any.
   *
   * @param homeCountry the country of national telephone numbers
   * @throws DomainError INVALID_PHONE for an invalid telephone number, LANGUAGE_NOT_OFFERED
   */
  async update(
    { userId, role }: Pick<Viewer, 'userId' | 'role'>,
    change: ProfileChange,
    homeCountry: string,
  ): Promise<UserRow> {
    const phone = readPhone(change.phone, homeCountry);
    if (phone === undefined)
      throw new DomainError('INVALID_PHONE', 'This is no telephone number.', ['phone']);
    if (change.language && role === Role.CUSTOMER) {
      const { offered } = await this.settings.get(languagesGroup);
      assertOffered(offered, change.language, ['language']);
    }
    const user = await this.database.row(updateProfile, {
      userId,
      firstName: change.firstName ? personName(change.firstName) : null,
      lastName: change.lastName ? personName(change.lastName) : null,
      setsPhone: change.phone !== undefined,
      phone,
      language: change.language ?? null,
      marketingOptIn: change.marketingOptIn ?? null,
    });
    if (!user) throw new NotFoundError('user');
    return user;
  }
}
