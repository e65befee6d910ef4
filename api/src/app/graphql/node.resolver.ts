import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { InvalidInputError } from '../../kernel/errors.js';
import { localId, prefixOf, type IdPrefix } from '../../kernel/ids.js';
import { MAX_PAGE } from '../../kernel/pagination.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { SizedBy } from '../../platform/graphql/limits/cost-directives.js';
import { Node, NODE_TYPE } from '../../platform/graphql/node.type.js';
import type { NodeFinder } from '../../platform/module.js';

const WHO_SEES =
  "A guest's order and what belongs to it are read by `orderByToken`; a cart and its lines by who holds it.";

@Resolver()
export class NodeResolver {
  constructor(private readonly finders: Partial<Record<string, NodeFinder>>) {}

  @Public()
  @Query(() => Node, {
    nullable: true,
    description: `The entity with this global id, if the caller may see it; null otherwise. ${WHO_SEES}`,
  })
  node(
    @Arg('id', () => ID, { description: 'A global id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return this.find(id, context);
  }

  @Public()
  @SizedBy('ids')
  @Query(() => [Node], {
    nullable: 'items',
    description: `The entities with these global ids, in the order of the ids; null for each one that is not found or that the caller may not see. ${WHO_SEES}`,
  })
  async nodes(
    @Arg('ids', () => [ID], { description: 'Global ids, at most 100. The same id may come twice.' })
    ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(object | null)[]> {
    if (ids.length > MAX_PAGE) throw new InvalidInputError(`At most ${MAX_PAGE} ids at once.`, ['ids']);
    return Promise.all(ids.map((id) => this.find(id, context)));
  }

  private async find(id: string, context: RequestContext): Promise<object | null> {
    const prefix = prefixOf(id);
    const finder = prefix ? this.finders[prefix] : undefined;
    const uuid = finder && localId(prefix as IdPrefix, id);
    const row = uuid ? await finder.find(uuid, context) : null;
    return row && { ...row, [NODE_TYPE]: finder?.type };
  }
}
