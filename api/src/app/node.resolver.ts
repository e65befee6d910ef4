import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { localId, prefixOf, type IdPrefix } from '../kernel/ids.js';
import { Public } from '../platform/graphql/auth-directive.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Node, NODE_TYPE } from '../platform/graphql/node.type.js';
import type { NodeFinder } from '../platform/module.js';

@Resolver()
export class NodeResolver {
  constructor(private readonly finders: Partial<Record<string, NodeFinder>>) {}

  @Public()
  @Query(() => Node, {
    nullable: true,
    description: 'Anything by its global id, if the caller may see it; null otherwise.',
  })
  async node(
    @Arg('id', () => ID, { description: 'A global id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    const prefix = prefixOf(id);
    const finder = prefix ? this.finders[prefix] : undefined;
    const uuid = finder && localId(prefix as IdPrefix, id);
    const row = uuid ? await finder.find(uuid, context) : null;
    return row && { ...row, [NODE_TYPE]: finder?.type };
  }
}
