import type { Language } from '../../kernel/languages.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import type { PageLinks } from '../store/index.js';

/** The data of a mail about the recipient's account. */
export interface AccountMail {
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  /** The page on which a password-reset link is requested; it opens no account by itself. */
  readonly link: string;
}

const accountForMail = statement('identity.account-for-mail', {
  params: { userId: t.uuid },
  row: { email: t.text, firstName: t.text, language: t.textOf<Language>() },
  sql: `SELECT email, first_name AS "firstName", language FROM app_user WHERE id = :userId`,
});

/** Null for a deleted account. */
export async function findAccountMail(
  database: Database,
  links: PageLinks,
  userId: string,
): Promise<AccountMail | null> {
  const account = await database.row(accountForMail, { userId });
  return account && { ...account, link: await links(account.language, '/forgot-password') };
}
