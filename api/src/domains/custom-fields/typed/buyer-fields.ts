import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { cartPayload, CartPayload, type CartService } from '../../cart/index.js';
import { customFieldsLoader } from '../custom-fields.loader.js';
import type { CustomFieldsService } from '../custom-fields.service.js';
import type { DeclaredFields } from '../declared-fields.js';
import { givenValues } from './given-values.js';
import { namedClass, valuesInput, type ValueType } from './typed-values.js';

interface FieldsInput {
  readonly customFields: Readonly<Record<string, unknown>>;
}

/** A resolver class with the mutation by which buyers write these fields of their own carts. */
export function buyerFieldsOf(
  declared: DeclaredFields,
  types: ReadonlyMap<string, ValueType>,
): new (service: CustomFieldsService, carts: CartService) => object {
  const Values = valuesInput('CartFieldsInput', declared.fields, types);
  const Input = namedClass('CartFieldsUpdateInput') as new () => FieldsInput;
  Field(() => Values, { description: 'The new values.' })(Input.prototype, 'customFields');
  InputType(Input.name, { description: 'New values of declared fields of the own cart.' })(Input);

  @Resolver()
  class BuyerFieldsResolver {
    constructor(
      private readonly service: CustomFieldsService,
      private readonly carts: CartService,
    ) {}

    @Public()
    @UserErrors('NOT_FOUND', 'INVALID_INPUT')
    @Mutation(() => CartPayload, {
      description:
        'Writes declared fields of the own cart, those that are meant for its buyer. Counts as a change of the cart; the order takes over what is declared for orders too.',
    })
    cartFieldsUpdate(
      @Arg('input', () => Input, { description: 'What changes.' }) input: FieldsInput,
      @Ctx() context: RequestContext,
    ): Promise<CartPayload> {
      return cartPayload(this.carts, {
        ...{ input, context },
        change: async (owner) => {
          const given = givenValues(declared, input.customFields);
          const actorId = context.viewer?.userId ?? null;
          const change = { declared, given, expectedVersion: null, actorId };
          const cart = await this.service.updateOwnCart({ carts: this.carts, owner }, change);
          customFieldsLoader(context).clear(cart.id);
          return { cart, token: null };
        },
      });
    }
  }
  return BuyerFieldsResolver;
}
