import { validate, type ValidationError } from 'class-validator';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DomainError, DomainErrors, InvalidInputError } from '../../kernel/errors.js';
import type { Money as MoneyValue } from '../../kernel/money.js';
import { globalId } from '../../kernel/ids.js';
import { Derived } from './derived.js';
import { mistypedIn } from './mistyped.js';
import { Money } from './money.type.js';
import { forbiddenNullsIn } from './never-null.js';
import { UserError } from './user-error.type.js';
import { ListSize } from './limits/cost-directives.js';

export enum WarningCode {
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  QUANTITY_REDUCED = 'QUANTITY_REDUCED',
  PRICE_CHANGED = 'PRICE_CHANGED',
  VARIANT_UNAVAILABLE = 'VARIANT_UNAVAILABLE',
  SHIPPING_CHANGED = 'SHIPPING_CHANGED',
  CART_NOT_FOUND = 'CART_NOT_FOUND',
  CART_MERGE_REDUCED = 'CART_MERGE_REDUCED',
  PAYMENT_UNREACHABLE = 'PAYMENT_UNREACHABLE',
}
registerEnumType(WarningCode, {
  name: 'WarningCode',
  description: 'A notice for the buyer about a request that was carried out.',
  valuesConfig: {
    OUT_OF_STOCK: { description: 'The line cannot be bought any more.' },
    QUANTITY_REDUCED: { description: 'Fewer are left than the line asks for: see availableQuantity.' },
    PRICE_CHANGED: {
      description: 'The price differs from when the line was added: see oldPrice and newPrice.',
    },
    VARIANT_UNAVAILABLE: { description: 'The variant is no longer sold.' },
    SHIPPING_CHANGED: {
      description:
        'The shipping price differs from the one that was chosen, or the method is no longer available.',
    },
    CART_NOT_FOUND: {
      description:
        'The token that was sent belongs to no active cart, so a new cart was created: store its token, and notify the buyer if the old cart was not empty.',
    },
    CART_MERGE_REDUCED: {
      description:
        "Signing in merged the guest's cart into the customer's, and the line `lineId` has fewer units than both carts had together: a line has at most 999, and no more than are available.",
    },
    PAYMENT_UNREACHABLE: {
      description:
        'The payment provider does not respond. The order is kept: request the session again in a moment.',
    },
  },
});

@ObjectType({
  description: 'A notice for the buyer about a request that was carried out.',
  simpleResolvers: true,
})
export class Warning {
  @Field(() => WarningCode, { description: 'What happened.' })
  code!: WarningCode;

  @Field(() => String, { description: 'An English message for developers.' })
  message!: string;

  @Derived<Warning>(
    () => ID,
    (warning) => (warning.cartLineId ? globalId('cline', warning.cartLineId) : null),
    {
      nullable: true,
      description: 'The cart line concerned; null when it is about the whole cart.',
    },
  )
  lineId?: string;

  cartLineId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many can be had; only with QUANTITY_REDUCED and OUT_OF_STOCK. Null also when more than ten are left.',
  })
  availableQuantity?: number | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The price before; only with PRICE_CHANGED and SHIPPING_CHANGED.',
  })
  oldPrice?: MoneyValue | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The price now; only with PRICE_CHANGED and SHIPPING_CHANGED.',
  })
  newPrice?: MoneyValue | null;
}

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
 * `asItIs` reads the entity after a refusal, once the transaction is rolled back, so that a client need not query
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
