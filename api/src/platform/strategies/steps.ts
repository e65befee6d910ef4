import { InvalidInputError } from '../../kernel/errors.js';

/** One step of an amount by size: up to and with this much it is so much. */
export interface Step {
  readonly upTo: number;
  /** Minor units. */
  readonly amount: number;
}

/** What the borders of steps count. */
export type StepUnit = 'GRAMS' | 'MONEY';

export const MOST_STEPS = 50;

/**
 * Steps as they are stored: lowest border first. Null for none.
 *
 * @returns an InvalidInputError with this path for what is no list of steps, or has a border twice
 */
export function readSteps(
  given: unknown,
  path: readonly string[],
): readonly Step[] | null | InvalidInputError {
  if (given == null) return null;
  if (!Array.isArray(given)) return new InvalidInputError('A list of steps is expected.', path);
  if (given.length > MOST_STEPS) return new InvalidInputError(`At most ${MOST_STEPS} steps.`, path);
  const steps: Step[] = [];
  for (const [at, one] of (given as unknown[]).entries()) {
    const { upTo, amount } = (one ?? {}) as { readonly upTo?: unknown; readonly amount?: unknown };
    if (!isAmount(upTo) || upTo === 0 || !isAmount(amount))
      return new InvalidInputError(
        'A step has a border above 0 and an amount of 0 or more: { upTo: 1000, amount: 1990 }.',
        [...path, String(at)],
      );
    if (steps.some((step) => step.upTo === upTo))
      return new InvalidInputError('Two steps have the same border.', [...path, String(at)]);
    steps.push({ upTo, amount });
  }
  return steps.length > 0 ? steps.sort((one, other) => one.upTo - other.upTo) : null;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
