import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { assertPermission, Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { PagePublishing } from './page-publishing.js';
import type { PageService } from './page.service.js';
import type { PageViews } from './page-views.js';
import {
  PageActionInput,
  PageArchiveInput,
  PageCreateInput,
  PagePreviewInput,
  PagePublishInput,
  PageRevertInput,
  PageUpdateInput,
} from './page.input.js';
import { PagePayload, PagePreviewPayload } from './page.type.js';

const pageId = (input: { readonly pageId: string }): string =>
  requireId('page', input.pageId, 'page', 'pageId');

/** What is done with a page: its id, who does it, and what they saw. */
type Work = (id: string, by: { actorId: string; expectedVersion: number }) => Promise<void>;

/** Staff write, publish and archive pages. */
@Resolver()
export class PageAdminResolver {
  constructor(
    private readonly pages: PageService,
    private readonly publishing: PagePublishing,
    private readonly views: PageViews,
    private readonly storefrontUrl: string,
  ) {}

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('TOO_MANY_PAGES')
  @Mutation(() => PagePayload, { description: 'Makes a page; nobody sees it until it is published.' })
  pageCreate(
    @Arg('input', () => PageCreateInput, { description: 'The page.' }) input: PageCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { userId: actorId } = assertPermission(viewer, 'CONTENT_WRITE');
      const keyed = keyedRequest({ actorId, operation: 'pageCreate' }, input);
      const id = await this.pages.create(input.translations, actorId, keyed);
      return { page: await this.views.page(id) };
    });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PAGE_ARCHIVED')
  @Mutation(() => PagePayload, {
    description:
      'Writes the draft of a page. Buyers see nothing of it until it is published; slugs hold at once.',
  })
  pageUpdate(
    @Arg('input', () => PageUpdateInput, { description: 'The change.' }) input: PageUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return this.change(input, viewer, async (id, by) => {
      const { shareImageId: image, noindex, translations = [], blocks = null, isRead = false } = input;
      const shareImageId = image && requireId('med', image, 'file', 'shareImageId');
      await this.pages.update(
        id,
        {
          ...{ texts: translations, blocks, isRead },
          ...(noindex !== undefined && { noindex }),
          ...(shareImageId !== undefined && { shareImageId }),
        },
        by,
      );
    });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('NOTHING_TO_PUBLISH', 'PAGE_REQUIRED', 'PAGE_ARCHIVED')
  @Mutation(() => PagePayload, {
    description: 'Shows the draft of a page to buyers, now or from a moment on.',
  })
  pagePublish(
    @Arg('input', () => PagePublishInput, { description: 'The page, and when.' }) input: PagePublishInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    const { at = null, note } = input;
    return this.change(input, viewer, (id, by) =>
      this.publishing.publish(id, { ...by, at, note: note?.trim() || null }),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => PagePayload, { description: 'Takes a planned version back: it is the draft again.' })
  pageUnschedule(
    @Arg('input', () => PageActionInput, { description: 'The page.' }) input: PageActionInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return this.change(input, viewer, (id, by) => this.publishing.unschedule(id, by));
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PAGE_ARCHIVED')
  @Mutation(() => PagePayload, { description: 'Makes a version of before the draft of its page.' })
  pageRevert(
    @Arg('input', () => PageRevertInput, { description: 'The version.' }) input: PageRevertInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return this.change(input, viewer, (id, by) =>
      this.pages.revert(id, requireId('pver', input.versionId, 'version', 'versionId'), by),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PAGE_REQUIRED')
  @Mutation(() => PagePayload, { description: 'Takes a page from the shop, or back into it.' })
  pageArchive(
    @Arg('input', () => PageArchiveInput, { description: 'The page.' }) input: PageArchiveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return this.change(input, viewer, (id, by) => this.pages.archive(id, input.isArchived, by));
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('PAGE_ARCHIVED')
  @Mutation(() => PagePreviewPayload, {
    description:
      'A link that shows the draft of a page to whoever has it, for seven days or until it is published.',
  })
  pagePreviewLink(
    @Arg('input', () => PagePreviewInput, { description: 'The page.' }) input: PagePreviewInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      assertPermission(viewer, 'CONTENT_WRITE');
      const { token, expiresAt } = await this.pages.previewLink(pageId(input));
      return { url: `${this.storefrontUrl}/preview/${token}`, expiresAt };
    });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => ActionPayload, { description: 'Ends all links to the draft of a page.' })
  pagePreviewRevoke(
    @Arg('input', () => PagePreviewInput, { description: 'The page.' }) input: PagePreviewInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      assertPermission(viewer, 'CONTENT_WRITE');
      await this.pages.revokePreviews(pageId(input));
      return { ok: true };
    });
  }

  private change(
    input: { readonly pageId: string; readonly expectedVersion: number },
    viewer: RequestContext['viewer'],
    work: Work,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { userId: actorId } = assertPermission(viewer, 'CONTENT_WRITE');
        const id = pageId(input);
        await work(id, { actorId, expectedVersion: input.expectedVersion });
        return { page: await this.views.page(id) };
      },
      async () => {
        const id = localId('page', input.pageId);
        return { page: id ? await this.views.page(id) : null };
      },
    );
  }
}
