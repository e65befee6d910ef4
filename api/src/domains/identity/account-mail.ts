import { storefrontPage, type Language } from '../../kernel/languages.js';
import { statement, type Database, t } from '../../platform/database/database.js';

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
  storefrontUrl: string,
  userId: string,
): Promise<AccountMail | null> {
  const account = await database.row(accountForMail, { userId });
  return account && { ...account, link: storefrontPage(storefrontUrl, account.language, '/forgot-password') };
}
