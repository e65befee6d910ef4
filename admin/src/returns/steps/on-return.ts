import { onVersion } from '../../app/seen-version';
import type { Answer } from '../../app/useIntent';
import type { ReturnView } from '../useReturn';

interface Step {
  returnId: string;
  expectedVersion: number;
  idempotencyKey: string;
}

/**
 * Every step of a return sends the version that the user saw, under one key from opening its dialog to its known outcome:
 * pressed again after a lost answer, also after the page was loaded anew, it is the same request and has one effect.
 */
export const onReturn = (
  { id: returnId, version }: ReturnView,
  idempotencyKey: string,
  send: (step: Step) => Promise<Answer>,
): Promise<Answer> =>
  onVersion(version, (expectedVersion) => send({ returnId, expectedVersion, idempotencyKey }));
