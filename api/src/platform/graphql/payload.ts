import { validate, type ValidationError } from 'class-validator';
import { Field, ObjectType } from 'type-graphql';
import { DomainError, DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import { mistypedIn } from './errors/mistyped.js';
import { forbiddenNullsIn } from './never-null.js';
import { UserError } from './user-error.type.js';
import { ListSize } from './limits/cost-directives.js';
import { Warning } from './warning.type.js';

/** The result of every mutation: its entity (in a subclass), errors, and warnings. */
@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @ListSize(3)
  @Field(() => [UserError], { description: 'Why nothing was changed; empty on success.' })
  errors!: DomainError[];

  @ListSize(3)
  @Field(() => [Warning], { description: 'What changed that the caller may not expect.' })
  warnings!: Warning[];
}

/** For mutations without a resulting entity. */
@ObjectType({ description: 'The outcome of an action that has no entity to show.', simpleResolvers: true })
export class ActionPayload extends Payload {
  @Field(() => Boolean, { description: 'True when it was done.' })
  ok!: boolean;
}

/** User errors together with warnings about changes since the caller last read. */
export class UserErrorWithWarnings extends DomainErrors {
  constructor(
    errors: readonly DomainError[],
    readonly warnings: readonly Warning[],
  ) {
    super(errors);
  }
}

interface PayloadBase {
  errors: DomainError[];
  warnings: Warning[];
}

/**
 * Validates a mutation's input, runs its work and returns the result in the common payload form. A `DomainError`
 * becomes an entry of `errors`; any other error is rethrown, to be logged and masked. Input is null for mutations
 * without one.
 *
 * `asItIs` reads the entity after a user error, once the transaction is rolled back, so that a client need not query
 * again. It must show no more than the work itself would; if it is refused too, the entity stays null.
 */
export async function asPayload<T extends object>(
  input: object | null,
  work: () => Promise<T & { warnings?: Warning[] }>,
  asItIs: () => Promise<{ readonly [Field in keyof T]?: object | null }> = nothing,
): Promise<T & PayloadBase> {
  try {
    if (input) await assertValid(input);
    return { warnings: [], ...(await work()), errors: [] };
  } catch (error) {
    const errors = userErrorsIn(error);
    if (!errors) throw error;
    const warnings = error instanceof UserErrorWithWarnings ? [...error.warnings] : [];
    // graphql-js throws every value that is an Error instead of returning it, so plain copies are returned.
    const plain = errors.map((refused) => ({ ...refused, message: refused.message }));
    const progress = await asItIs().catch((failure: unknown) => {
      if (userErrorsIn(failure)) return {};
      throw failure;
    });
    return { ok: false, ...progress, errors: plain, warnings } as unknown as T & PayloadBase;
  }
}

async function nothing(): Promise<object> {
  return {};
}

function userErrorsIn(error: unknown): readonly DomainError[] | null {
  if (error instanceof DomainError) return [error];
  return error instanceof DomainErrors ? error.errors : null;
}

/**
 * Refuses values that no scalar could parse, null in fields that cannot be cleared, and violations of the input class's
 * class-validator rules.
 *
 * @throws DomainErrors with one error for each wrong field
 */
async function assertValid(input: object): Promise<void> {
  const mistyped = mistypedIn(input);
  const marked = new Set(mistyped.map(({ path }) => path?.join('.')));
  const failures = await validate(input, { forbidUnknownValues: false });
  const ruled = failures.flatMap((failure) => toErrors(failure, []));
  // The rules do not know markers, and would add that a marker is no number.
  const errors = [
    ...mistyped,
    ...forbiddenNullsIn(input),
    ...ruled.filter(({ path }) => !marked.has(path?.join('.'))),
  ];
  if (errors.length > 0) throw new DomainErrors(errors);
}

function toErrors(failure: ValidationError, parents: string[]): DomainError[] {
  const path = [...parents, failure.property];
  const own = Object.values(failure.constraints ?? {}).map((message) => new InvalidInputError(message, path));
  return [...own, ...(failure.children ?? []).flatMap((child) => toErrors(child, path))];
}
