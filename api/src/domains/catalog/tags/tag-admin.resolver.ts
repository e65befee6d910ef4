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
import { TagCreateInput, TagDeleteInput, TagMergeInput, TagUpdateInput } from './tag.input.js';
import type { TagService } from './tag.service.js';
import { TagDeletePayload, TagPayload } from './tag.type.js';

@Resolver()
export class TagAdminResolver {
  constructor(
    private readonly reference: CatalogLookup,
    private readonly tags: TagService,
  ) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN')
  @Mutation(() => TagPayload, { description: 'Makes a tag.' })
  tagCreate(
    @Arg('input', () => TagCreateInput, { description: 'The tag.' }) input: TagCreateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const actorId = actorOf(context);
      const { translations, slug = null } = input;
      const keyed = keyedRequest({ actorId, operation: 'tagCreate' }, input);
      return this.asItIs(await this.tags.create({ translations, slug }, actorId, keyed));
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN')
  @Mutation(() => TagPayload, { description: 'Changes the names of a tag, and its name in addresses.' })
  tagUpdate(
    @Arg('input', () => TagUpdateInput, { description: 'The change.' }) input: TagUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      await this.tags.update(id, input, actorOf(context));
      return this.asItIs(id);
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => TagPayload, {
    description:
      'Gives every product of a tag another one instead, and deletes the first: its address leads to the other, which is returned.',
  })
  tagMerge(
    @Arg('input', () => TagMergeInput, { description: 'Which tag, and into which.' }) input: TagMergeInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      const intoId = requireId('tag', input.intoId, 'tag', 'intoId');
      const { expectedVersion } = input;
      await this.tags.merge(id, { expectedVersion, intoId }, actorOf(context));
      return this.asItIs(intoId);
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => TagDeletePayload, { description: 'Deletes a tag; its products stay without it.' })
  tagDelete(
    @Arg('input', () => TagDeleteInput, { description: 'Which tag.' }) input: TagDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.change(input, async (id) => {
      await this.tags.delete(id, input.expectedVersion, actorOf(context));
      return { tag: null, deletedTagId: input.tagId };
    });
  }

  private change(
    input: { readonly tagId: string },
    work: (id: string) => Promise<{ tag: object | null }>,
  ): Promise<object> {
    return asPayload(
      input,
      () => work(requireId('tag', input.tagId, 'tag', 'tagId')),
      () => this.asItIs(localId('tag', input.tagId)),
    );
  }

  private async asItIs(id: string | null): Promise<{ tag: object | null }> {
    return { tag: (await this.reference.get()).tagById.get(id ?? '') ?? null };
  }
}
