import type { Problem } from './user-errors';
import type { Answer } from './useIntent';

/** What a step is refused with here when the version that it rests on was not read. The form then reads again. */
export const NOT_READ: Problem = { code: 'NOT_READ' };

/** Whether a refusal means that the form has to read again what it shows. */
export function readAgain({ code }: Problem): boolean {
  return code === NOT_READ.code || code === 'STALE_VERSION';
}

/**
 * Calls `send` with the version that the person saw. An answer may lack it, where a field was refused or is still
 * being read: then nothing is sent, for a made-up version would be refused as a colleague's change that nobody made.
 */
export async function onVersion<Sent extends Answer>(
  version: number | null | undefined,
  send: (expectedVersion: number) => Promise<Sent>,
): Promise<Sent | Answer> {
  return typeof version === 'number' ? send(version) : { result: {}, refusals: [NOT_READ] };
}
