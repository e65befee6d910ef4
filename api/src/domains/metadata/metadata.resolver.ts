import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NotFoundError } from '../../kernel/errors.js';
import { localId } from '../../kernel/ids.js';
import { assertPermission, Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { NODE_TYPE } from '../../platform/graphql/node.type.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { metadataLoader } from './metadata.loader.js';
import type { MetadataOwner } from './metadata-owners.js';
import type { MetadataService } from './metadata.service.js';
import { MetadataPayload, MetadataUpdateInput } from './metadata.type.js';

interface Found {
  readonly owner: MetadataOwner;
  readonly entityId: string;
}

@Resolver()
export class MetadataResolver {
  constructor(
    private readonly owners: readonly MetadataOwner[],
    private readonly metadata: MetadataService,
  ) {}

  @Auth(Role.MANAGER, 'METADATA_WRITE')
  @UserErrors('METADATA_TOO_LARGE')
  @Mutation(() => MetadataPayload, {
    description:
      'Writes and removes metadata of a product, variant, category, order, cart or customer; the caller needs the permission to change that entity too. Neither its version nor its updatedAt changes: the event metadata.changed tells of it.',
  })
  metadataUpdate(
    @Arg('input', () => MetadataUpdateInput, { description: 'What changes.' }) input: MetadataUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<MetadataPayload> {
    return asPayload(
      input,
      async () => {
        const { owner, entityId } = this.found(input.nodeId);
        const { userId } = assertPermission(context.viewer, owner.write);
        if (!(await owner.find(entityId, context))) throw new NotFoundError('entity', ['nodeId']);
        const { set = [], remove = [], setPublic = [], removePublic = [], expectedVersion = null } = input;
        await this.metadata.update({
          ...{ owner, entityId, expectedVersion, actorId: userId },
          forStaff: { set, remove, fields: { set: 'set', remove: 'remove' } },
          forAll: {
            set: setPublic,
            remove: removePublic,
            fields: { set: 'setPublic', remove: 'removePublic' },
          },
        });
        return asItIs({ owner, entityId }, context);
      },
      async () => asItIs(this.found(input.nodeId), context),
    );
  }

  /** @throws NotFoundError for an id of a type without metadata */
  private found(nodeId: string): Found {
    for (const owner of this.owners) {
      const entityId = localId(owner.prefix, nodeId);
      if (entityId) return { owner, entityId };
    }
    throw new NotFoundError('entity', ['nodeId']);
  }
}

async function asItIs({ owner, entityId }: Found, context: RequestContext): Promise<{ node: object | null }> {
  metadataLoader(context).clear(entityId);
  const node = await owner.find(entityId, context);
  return { node: node && { ...node, [NODE_TYPE]: owner.name } };
}
