import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NotFoundError } from '../../kernel/errors.js';
import { localId } from '../../kernel/ids.js';
import { assertPermission, Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { NODE_TYPE } from '../../platform/graphql/node.type.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { customFieldOwners, type CustomFieldOwner } from './custom-field-owners.js';
import { customFieldsLoader } from './custom-fields.loader.js';
import type { CustomFieldsService } from './custom-fields.service.js';
import { CustomFieldsPayload, CustomFieldsUpdateInput } from './custom-fields.type.js';
import type { DeclaredFields } from './declared-fields.js';

interface Found {
  readonly owner: CustomFieldOwner;
  readonly entityId: string;
}

@Resolver()
export class CustomFieldsResolver {
  constructor(
    private readonly declared: ReadonlyMap<string, DeclaredFields>,
    private readonly service: CustomFieldsService,
  ) {}

  @Auth(Role.MANAGER, 'METADATA_WRITE')
  @Mutation(() => CustomFieldsPayload, {
    description:
      'Writes declared fields of a product, variant, category, order, cart or customer by their names; the caller needs the permission to change that entity too. Neither its version nor its updatedAt changes: the event custom-fields.changed tells of it.',
  })
  customFieldsUpdate(
    @Arg('input', () => CustomFieldsUpdateInput, { description: 'What changes.' })
    input: CustomFieldsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<CustomFieldsPayload> {
    const { nodeId, values, expectedVersion = null } = input;
    return asPayload(
      input,
      async () => {
        const { owner, entityId } = found(nodeId);
        const { userId } = assertPermission(context.viewer, owner.write);
        if (!(await owner.find(entityId, context))) throw new NotFoundError('entity', ['nodeId']);
        const declared = this.declared.get(owner.name) ?? { owner, fields: [] };
        const given = values.map(({ name, value = null }, at) => ({
          ...{ name, value },
          path: ['values', String(at), 'value'],
          namePath: ['values', String(at), 'name'],
        }));
        await this.service.update({ declared, entityId, given, expectedVersion, actorId: userId });
        return asItIs({ owner, entityId }, context);
      },
      async () => asItIs(found(nodeId), context),
    );
  }
}

/** @throws NotFoundError for an id of a type without custom fields */
function found(nodeId: string): Found {
  for (const owner of customFieldOwners) {
    const entityId = localId(owner.prefix, nodeId);
    if (entityId) return { owner, entityId };
  }
  throw new NotFoundError('entity', ['nodeId']);
}

async function asItIs({ owner, entityId }: Found, context: RequestContext): Promise<{ node: object | null }> {
  customFieldsLoader(context).clear(entityId);
  const node = await owner.find(entityId, context);
  return { node: node && { ...node, [NODE_TYPE]: owner.name } };
}
