import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { perRequest, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { MediaProcessingService } from '../making/media-processing.service.js';
import { UploadCreateInput } from '../uploads/upload.input.js';
import type { UploadService } from '../uploads/upload.service.js';
import { UploadPayload } from '../uploads/upload.type.js';
import type { EnteredMedia } from './entered-media.js';
import { mediaQuery, type MediaList } from './media-list.js';
import type { MediaPlaces, ShownPlaces } from './media-places.js';
import { MediaUse } from './media-use.type.js';
import { MediaVisibility } from './media.enums.js';
import {
  MediaArguments,
  MediaCreateInput,
  MediaDeleteInput,
  MediaIdInput,
  MediaReplaceInput,
  MediaUpdateInput,
} from './media.input.js';
import type { MediaService } from './media.service.js';
import { mediaById, mediaTags, type MediaRow } from './media.statements.js';
import {
  Media,
  MediaConnection,
  MediaCreatePayload,
  MediaDeletePayload,
  MediaPayload,
} from './media.type.js';

interface Services {
  readonly list: MediaList;
  readonly media: MediaService;
  readonly making: MediaProcessingService;
  readonly places: MediaPlaces;
  readonly uploads: UploadService;
}

const MOST_TAGS_SHOWN = 200;

@Resolver(() => Media)
export class MediaResolver {
  private readonly shownAt = perRequest(
    ({ database }) =>
      new DataLoader<string, ShownPlaces>(async (ids) => {
        const places = await this.services.places.ofEach(database, ids);
        return ids.map((id) => places.get(id) ?? { places: [], total: 0 });
      }),
  );

  constructor(private readonly services: Services) {}

  @FieldResolver(() => [MediaUse])
  async uses(@Root() { id }: MediaRow, @Ctx() context: RequestContext): Promise<object[]> {
    return (await this.shownAt(context).load(id)).places;
  }

  @FieldResolver(() => Int)
  async useCount(@Root() { id }: MediaRow, @Ctx() context: RequestContext): Promise<number> {
    return (await this.shownAt(context).load(id)).total;
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @Query(() => MediaConnection, { description: 'The files of the media library, newest first.' })
  media(@Args(() => MediaArguments) { search, filter, ...page }: MediaArguments): Promise<object> {
    return this.services.list.page(mediaQuery(search, filter), page);
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @ListSize(MOST_TAGS_SHOWN)
  @Query(() => [String], {
    description: 'The tags that files have, in the order of the alphabet; at most 200.',
  })
  async mediaTags(@Ctx() { database }: RequestContext): Promise<string[]> {
    return (await database.rows(mediaTags, { most: MOST_TAGS_SHOWN })).map(({ tag }) => tag);
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('UPLOAD_INVALID')
  @Mutation(() => UploadPayload, {
    description:
      'Opens an address to send an image or a PDF to. An SVG is never taken: it can hold programs. Save it as PNG.',
  })
  mediaUploadCreate(
    @Arg('input', () => UploadCreateInput, { description: 'The file.' }) input: UploadCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => ({
      upload: await this.services.uploads.create(viewer!.userId, input, { takesDocuments: true }),
    }));
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('UPLOAD_INVALID')
  @Mutation(() => MediaCreatePayload, {
    description:
      'Takes a sent file into the library. It is PROCESSING until a job has made its sizes. The library has the same bytes once: then the answer is the file that has them, out of the bin if it was there.',
  })
  mediaCreate(
    @Arg('input', () => MediaCreateInput, { description: 'The file.' }) input: MediaCreateInput,
    @Ctx() { viewer, database }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { userId } = viewer!;
      const upload = { id: requireId('upl', input.uploadId, 'upload', 'uploadId'), userId };
      const visibility = input.visibility ?? MediaVisibility.PUBLIC;
      const keyed = keyedRequest({ actorId: userId, operation: 'mediaCreate' }, input);
      const { id, existed } = await this.services.media.create(
        { upload, visibility, ...enteredOf(input) },
        keyed,
      );
      return { media: await database.row(mediaById, { id }), existed };
    });
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => MediaPayload, {
    description: 'Describes and sorts a file. Its alternative text follows wherever it is shown.',
  })
  mediaUpdate(
    @Arg('input', () => MediaUpdateInput, { description: 'The change.' }) input: MediaUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.changing(input, context, (id) =>
      this.services.media.update(id, input.expectedVersion, {
        ...enteredOf(input),
        filename: input.filename,
      }),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('UPLOAD_INVALID', 'MEDIA_EXISTS')
  @Mutation(() => MediaPayload, {
    description:
      'Puts another file in the place of one: all that shows it shows the new one, at a new address, as soon as its sizes are made. What was ordered keeps the former one.',
  })
  mediaReplace(
    @Arg('input', () => MediaReplaceInput, { description: 'Which by which.' }) input: MediaReplaceInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const userId = context.viewer!.userId;
    return this.changing(input, context, (id) =>
      this.services.media.replace(id, input.expectedVersion, {
        id: requireId('upl', input.uploadId, 'upload', 'uploadId'),
        userId,
      }),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => MediaPayload, {
    description: 'Has the sizes of a FAILED file made once more; any other file stays as it is.',
  })
  mediaRetry(
    @Arg('input', () => MediaIdInput, { description: 'The file.' }) input: MediaIdInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.changing(input, context, (id) => this.services.making.retry(id));
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @UserErrors('MEDIA_IN_USE')
  @Mutation(() => MediaDeletePayload, {
    description:
      'Puts a file into the bin, from where it can be restored for 30 days. Refused while it is shown somewhere.',
  })
  mediaDelete(
    @Arg('input', () => MediaDeleteInput, { description: 'The file.' }) input: MediaDeleteInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        await this.services.media.delete(idOf(input), input.expectedVersion);
        return { ...(await asItIs(input, context)), deletedMediaId: input.mediaId };
      },
      () => asItIs(input, context),
    );
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => MediaPayload, { description: 'Takes a file out of the bin.' })
  mediaRestore(
    @Arg('input', () => MediaIdInput, { description: 'The file.' }) input: MediaIdInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.changing(input, context, (id) => this.services.media.restore(id));
  }

  private changing(
    input: { readonly mediaId: string },
    context: RequestContext,
    change: (id: string) => Promise<void>,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        await change(idOf(input));
        return asItIs(input, context);
      },
      () => asItIs(input, context),
    );
  }
}

const idOf = ({ mediaId }: { readonly mediaId: string }): string =>
  requireId('med', mediaId, 'file', 'mediaId');

function enteredOf(input: MediaCreateInput | MediaUpdateInput): EnteredMedia {
  const { translations, isDecorative, focalPoint, tags } = input;
  const alt =
    translations && Object.fromEntries(translations.map(({ locale, alt: text }) => [locale, text ?? null]));
  return { alt, isDecorative, focalPoint, tags };
}

async function asItIs(
  { mediaId }: { readonly mediaId: string },
  { database }: RequestContext,
): Promise<{ media: object | null }> {
  const id = localId('med', mediaId);
  return { media: id ? await database.row(mediaById, { id }) : null };
}
