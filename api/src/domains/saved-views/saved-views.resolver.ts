import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { requireId } from '../../kernel/require-id.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import type { SavedViewService } from './saved-view.service.js';
import {
  SavedView,
  SavedViewCreateInput,
  SavedViewDefaultInput,
  SavedViewDeleteInput,
  SavedViewDeletePayload,
  SavedViewPayload,
  SavedViewReorderInput,
  SavedViewsPayload,
  SavedViewUpdateInput,
} from './saved-view.type.js';

type Viewer = RequestContext['viewer'];

@Resolver()
export class SavedViewsResolver {
  constructor(private readonly views: SavedViewService) {}

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @ListSize(20)
  @Query(() => [SavedView], {
    description:
      'The views of a list of the admin: those of all staff first, then the caller’s own, each in their order. At most 100.',
  })
  savedViews(
    @Arg('list', () => String, { description: 'The name of the list, such as `orders`.' }) list: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object[]> {
    return this.views.list(list, staffOf(viewer));
  }

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @UserErrors('TOO_MANY_VIEWS')
  @Mutation(() => SavedViewPayload, {
    description: 'Keeps a view of a list, for the caller or for all staff.',
  })
  savedViewCreate(
    @Arg('input', () => SavedViewCreateInput, { description: 'The view.' }) input: SavedViewCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedViewPayload> {
    const staff = staffOf(viewer);
    return asPayload(input, async () => ({
      view: await this.views.find(await this.views.create(input, staff), staff),
    }));
  }

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @UserErrors('TOO_MANY_VIEWS')
  @Mutation(() => SavedViewPayload, {
    description:
      'Renames a view, keeps another address under its name, shares it or makes it the caller’s own.',
  })
  savedViewUpdate(
    @Arg('input', () => SavedViewUpdateInput, { description: 'What changes.' }) input: SavedViewUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedViewPayload> {
    const staff = staffOf(viewer);
    const id = localId('view', input.viewId);
    return asPayload(
      input,
      async () => {
        const viewId = requireId('view', input.viewId, 'view', 'viewId');
        await this.views.update({ ...input, id: viewId }, staff);
        return { view: await this.views.find(viewId, staff) };
      },
      async () => ({ view: id ? await this.views.find(id, staff) : null }),
    );
  }

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @Mutation(() => SavedViewDeletePayload, {
    description: 'Deletes a view. Whoever saw it first in the list sees the whole list first from then on.',
  })
  savedViewDelete(
    @Arg('input', () => SavedViewDeleteInput, { description: 'The view.' }) input: SavedViewDeleteInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedViewDeletePayload> {
    return asPayload(input, async () => {
      await this.views.delete(requireId('view', input.viewId, 'view', 'viewId'), staffOf(viewer));
      return { deletedViewId: input.viewId };
    });
  }

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @Mutation(() => SavedViewsPayload, {
    description:
      'Orders the views of all staff, or the caller’s own. Of two who order at once, the later wins.',
  })
  savedViewReorder(
    @Arg('input', () => SavedViewReorderInput, { description: 'The order.' }) input: SavedViewReorderInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedViewsPayload> {
    const staff = staffOf(viewer);
    return asPayload(input, async () => {
      const ids = input.viewIds.flatMap((viewId) => localId('view', viewId) ?? []);
      await this.views.reorder(input.list, input.isShared, ids, staff);
      return { views: await this.views.list(input.list, staff) };
    });
  }

  @Auth(Role.SUPPORT, 'VIEW_WRITE')
  @Mutation(() => SavedViewsPayload, {
    description: 'Chooses what the caller sees first in a list: one of its views, or all of it.',
  })
  savedViewDefaultSet(
    @Arg('input', () => SavedViewDefaultInput, { description: 'The choice.' }) input: SavedViewDefaultInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SavedViewsPayload> {
    const staff = staffOf(viewer);
    return asPayload(
      input,
      async () => {
        const id = input.viewId ? requireId('view', input.viewId, 'view', 'viewId') : null;
        await this.views.setDefault(input.list, id, staff);
        return { views: await this.views.list(input.list, staff) };
      },
      async () => ({ views: await this.views.list(input.list, staff) }),
    );
  }
}

function staffOf(viewer: Viewer): NonNullable<Viewer> {
  if (!viewer) throw new Error('A guarded field was resolved without a viewer');
  return viewer;
}
