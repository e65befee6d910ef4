import { recordedAs } from '../../../platform/audit/recording.js';
import { Role } from '../../../platform/graphql/roles.js';

/**
 * Runs the rest of a public mutation, such as signing in or choosing a password by a mailed link, in the name of the account
 * that it has proved to be: that of staff is in the audit log, that of a customer is not.
 */
export function recordedFor<T>(
  { userId, role }: { readonly userId: string; readonly role: Role },
  work: () => T,
): T {
  return role === Role.CUSTOMER ? work() : recordedAs(userId, work);
}
