import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { AttributeLevel } from '../catalog.enums.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import {
  AttributeCreateInput,
  AttributeDeleteInput,
  AttributesReorderInput,
  AttributeUpdateInput,
} from './attribute.input.js';
import type { AttributeService } from './attribute.service.js';
import { AttributeDeletePayload, AttributePayload, AttributesPayload } from './attribute.type.js';

@Resolver()
export class AttributeAdminResolver {
  constructor(
    private readonly reference: CatalogLookup,
    private readonly attributes: AttributeService,
  ) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('CODE_TAKEN')
  @Mutation(() => AttributePayload, { description: 'Makes an attribute of products or variants.' })
  attributeCreate(
    @Arg('input', () => AttributeCreateInput, { description: 'The attribute.' }) input: AttributeCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const actorId = actorOf(context);
      const { translations, kind, code = null, unit = null } = input;
      const keyed = keyedRequest({ actorId, operation: 'attributeCreate' }, input);
      const made = {
        ...{ translations, kind, code, unit: unit?.trim() || null },
        ...{ level: input.level ?? AttributeLevel.PRODUCT, filterable: input.filterable ?? true },
        categoryIds: categoryIdsOf(input.categoryIds ?? []),
      };
      return this.asItIs(await this.attributes.create(made, actorId, keyed));
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('KIND_LOCKED', 'UNIT_MISMATCH')
  @Mutation(() => AttributePayload, { description: 'Changes an attribute; its values are kept apart.' })
  attributeUpdate(
    @Arg('input', () => AttributeUpdateInput, { description: 'The change.' }) input: AttributeUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      const { categoryIds, unit, ...changes } = input;
      const entered = {
        ...changes,
        unit: unit === undefined ? unit : unit?.trim() || null,
        categoryIds: categoryIds && categoryIdsOf(categoryIds),
      };
      await this.attributes.update(id, entered, actorOf(context));
      return this.asItIs(id);
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => AttributeDeletePayload, {
    description: 'Deletes an attribute with its values; products lose what they have of it.',
  })
  attributeDelete(
    @Arg('input', () => AttributeDeleteInput, { description: 'Which attribute.' })
    input: AttributeDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      await this.attributes.delete(id, input.expectedVersion, actorOf(context));
      return { attribute: null, deletedAttributeId: input.attributeId };
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('STALE_ORDER')
  @Mutation(() => AttributesPayload, { description: 'Puts the attributes in order.' })
  attributesReorder(
    @Arg('input', () => AttributesReorderInput, { description: 'The order.' }) input: AttributesReorderInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const asTheyAre = async (): Promise<{ attributes: readonly object[] }> => ({
      attributes: (await this.reference.get()).attributes,
    });
    return asPayload(
      input,
      async () => {
        const ids = input.attributeIds.map((id) => localId('atrb', id) ?? '');
        await this.attributes.reorder(ids, actorOf(context));
        return asTheyAre();
      },
      asTheyAre,
    );
  }

  private change(
    input: { readonly attributeId: string },
    work: (id: string) => Promise<{ attribute: object | null }>,
  ): Promise<object> {
    return asPayload(
      input,
      () => work(requireId('atrb', input.attributeId, 'attribute', 'attributeId')),
      () => this.asItIs(localId('atrb', input.attributeId)),
    );
  }

  private async asItIs(id: string | null): Promise<{ attribute: object | null }> {
    return { attribute: (await this.reference.get()).attributeById.get(id ?? '') ?? null };
  }
}

/** @throws NotFoundError for an id of another type; those of no category are left out */
function categoryIdsOf(ids: readonly string[]): string[] {
  return ids.map((id, index) => requireId('cat', id, 'category', `categoryIds.${index}`));
}
