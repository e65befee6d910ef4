import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import {
  AttributeValueCreateInput,
  AttributeValueDeleteInput,
  AttributeValueMergeInput,
  AttributeValuesReorderInput,
  AttributeValueUpdateInput,
} from './attribute-value.input.js';
import type { AttributeValueService } from './attribute-value.service.js';
import { AttributePayload, AttributeValuePayload } from './attribute.type.js';

@Resolver()
export class AttributeValueAdminResolver {
  constructor(
    private readonly reference: CatalogLookup,
    private readonly values: AttributeValueService,
  ) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('CODE_TAKEN')
  @Mutation(() => AttributeValuePayload, { description: 'Makes a value of an attribute.' })
  attributeValueCreate(
    @Arg('input', () => AttributeValueCreateInput, { description: 'The value.' })
    input: AttributeValueCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const actorId = actorOf(context);
        const { translations, code = null, swatch = null } = input;
        const attributeId = requireId('atrb', input.attributeId, 'attribute', 'attributeId');
        const keyed = keyedRequest({ actorId, operation: 'attributeValueCreate' }, input);
        const made = { attributeId, translations, code, swatch };
        return this.asItIs(await this.values.create(made, actorId, keyed));
      },
      async () => ({ ...(await this.attributeAsItIs(localId('atrb', input.attributeId))), value: null }),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => AttributeValuePayload, { description: 'Changes texts and color of a value.' })
  attributeValueUpdate(
    @Arg('input', () => AttributeValueUpdateInput, { description: 'The change.' })
    input: AttributeValueUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      await this.values.update(id, input, actorOf(context));
      return this.asItIs(id);
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => AttributeValuePayload, {
    description:
      'Gives every product of a value another value of the attribute instead, and deletes the first: filters by it mean the other, which is returned.',
  })
  attributeValueMerge(
    @Arg('input', () => AttributeValueMergeInput, { description: 'Which value, and into which.' })
    input: AttributeValueMergeInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      const intoId = requireId('attr', input.intoId, 'attribute value', 'intoId');
      const { expectedVersion } = input;
      await this.values.merge(id, { expectedVersion, intoId }, actorOf(context));
      return this.asItIs(intoId);
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => AttributeValuePayload, { description: 'Deletes a value; its products stay without it.' })
  attributeValueDelete(
    @Arg('input', () => AttributeValueDeleteInput, { description: 'Which value.' })
    input: AttributeValueDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      const attributeId = (await this.reference.get()).attributeOfValue.get(id)?.id ?? null;
      await this.values.delete(id, input.expectedVersion, actorOf(context));
      return { ...(await this.attributeAsItIs(attributeId)), value: null };
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('STALE_ORDER')
  @Mutation(() => AttributePayload, { description: 'Puts the values of an attribute in order.' })
  attributeValuesReorder(
    @Arg('input', () => AttributeValuesReorderInput, { description: 'The order.' })
    input: AttributeValuesReorderInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const asItIs = () => this.attributeAsItIs(localId('atrb', input.attributeId));
    return asPayload(
      input,
      async () => {
        const id = requireId('atrb', input.attributeId, 'attribute', 'attributeId');
        const ids = input.valueIds.map((valueId) => localId('attr', valueId) ?? '');
        await this.values.reorder(id, ids, actorOf(context));
        return asItIs();
      },
      asItIs,
    );
  }

  private change(
    input: { readonly valueId: string },
    work: (id: string) => Promise<{ attribute: object | null; value: object | null }>,
  ): Promise<object> {
    return asPayload(
      input,
      () => work(requireId('attr', input.valueId, 'attribute value', 'valueId')),
      () => this.asItIs(localId('attr', input.valueId)),
    );
  }

  private async asItIs(id: string | null): Promise<{ attribute: object | null; value: object | null }> {
    const attribute = (await this.reference.get()).attributeOfValue.get(id ?? '') ?? null;
    return { attribute, value: attribute?.values.find((value) => value.id === id) ?? null };
  }

  private async attributeAsItIs(id: string | null): Promise<{ attribute: object | null }> {
    return { attribute: (await this.reference.get()).attributeById.get(id ?? '') ?? null };
  }
}
