import type { UserError } from './user-errors';
import type { Answer } from './useIntent';

/** The error of an action whose version was not read. The form then reloads. */
export const NOT_READ: UserError = { code: 'NOT_READ' };

/** Whether an error means that the form has to reload what it shows. */
export function readAgain({ code }: UserError): boolean {
  return code === NOT_READ.code || code === 'STALE_VERSION';
}

/**
 * Calls `send` with the version that the user saw. A response may lack it when a field failed or is still being read.
 * Then nothing is sent, because an invented version would be reported as a concurrent change that nobody made.
 */
export async function onVersion<Sent extends Answer>(
  version: number | null | undefined,
  send: (expectedVersion: number) => Promise<Sent>,
): Promise<Sent | Answer> {
  return typeof version === 'number' ? send(version) : { result: {}, userErrors: [NOT_READ] };
}
