import type { CombinedError } from '@urql/core';
import type { ErrorWords, Problem } from './error-words';
import type { Refusal } from './use-form';

/** What a mutation refused, each with the field it belongs to; a failed request is one refusal without a field. */
export function refusalsOf(
  problems: readonly (Problem & { path?: readonly string[] | null })[] | undefined,
  failure: CombinedError | undefined,
  words: ErrorWords,
): Refusal[] {
  if (failure) return [{ message: words.ofFailure(failure) }];
  return (problems ?? []).map((problem) => ({ message: words.ofProblem(problem), path: problem.path }));
}
