import { storefrontPage, type Language } from '../../kernel/languages.js';
import { statement, type Database } from '../../platform/database/database.js';

/** What a mail about the account itself needs. */
export interface AccountMail {
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  /** Where a link for another password is asked for; the page itself opens nothing. */
  readonly link: string;
}

const accountForMail = statement(
  'identity.account-for-mail',
  `SELECT email, first_name AS "firstName", language FROM app_user WHERE id = $1`,
);

/** Null for an account that is gone. */
export async function findAccountMail(
  database: Database,
  storefrontUrl: string,
  userId: string,
): Promise<AccountMail | null> {
  const account = await database.row<Omit<AccountMail, 'link'>>(accountForMail, [userId]);
  return account && { ...account, link: storefrontPage(storefrontUrl, account.language, '/forgot-password') };
}
