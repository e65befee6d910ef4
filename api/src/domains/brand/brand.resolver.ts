import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { FileStorage } from '../../integrations/storage/port.js';
import { InvalidInputError } from '../../kernel/errors.js';
import { globalId } from '../../kernel/ids.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { Role } from '../../platform/graphql/roles.js';
import { Derived } from '../../platform/graphql/derived.js';
import { asPayload } from '../../platform/graphql/payload.js';
import {
  BrandColorsType,
  brandColors,
  brandGroup,
  Settings,
  settingsOf,
  SettingsPayload,
  ShopBrand,
  shownBrand,
  type SettingsService,
} from '../store/index.js';
import { BrandSettingsUpdateInput } from './brand.input.js';
import type { BrandImages } from './brand-images.js';
import type { ShopShareImage } from './share-image.js';

@ObjectType({ description: 'How the shop looks, as staff keep it.', simpleResolvers: true })
class BrandSettings extends settingsOf(ShopBrand) {
  @Field(() => String, { description: 'The color as staff chose it.' })
  readonly accent!: string;

  @Derived<{ shareImageId: string | null }>(
    () => ID,
    ({ shareImageId }) => shareImageId && globalId('med', shareImageId),
    {
      nullable: true,
      description: 'The file of the media library with which pages without an image of their own are shared.',
    },
  )
  readonly shareImageId!: string | null;
}

interface BrandDeps {
  readonly settings: SettingsService;
  readonly images: BrandImages;
  readonly storage: Pick<FileStorage, 'url'>;
  readonly share: ShopShareImage;
}

@Resolver(() => Settings)
export class BrandResolver {
  constructor(private readonly deps: BrandDeps) {}

  @FieldResolver(() => BrandSettings, { description: 'How the shop looks.' })
  async brand(): Promise<BrandSettings> {
    const { settings, storage } = this.deps;
    const { value, version, updatedAt } = await settings.stored(brandGroup);
    const { accent, shareImageId } = value;
    return { ...shownBrand(value, storage), accent, shareImageId, version, updatedAt } as BrandSettings;
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Query(() => BrandColorsType, {
    nullable: true,
    description: 'The colors that would follow from an accent; null for what is no color such as #9c4524.',
  })
  brandColors(
    @Arg('accent', () => String, { description: 'A color such as #9c4524.' }) accent: string,
  ): BrandColorsType | null {
    const read = brandGroup.schema.safeParse({ accent, logo: null, darkLogo: null, icon: null });
    return read.success ? brandColors(read.data.accent) : null;
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('UPLOAD_INVALID', 'NOT_FOUND', 'MEDIA_NOT_USABLE')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes how the shop looks: on pages at once, in mails and invoices from the next one on. UPLOAD_INVALID for an image that is another person’s, was used already or cannot be read.',
  })
  brandSettingsUpdate(
    @Arg('input', () => BrandSettingsUpdateInput, { description: 'What changes.' })
    input: BrandSettingsUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<SettingsPayload> {
    return asPayload(
      input,
      async () => {
        await this.update(input, viewer!.userId);
        return { settings: {} };
      },
      async () => ({ settings: {} }),
    );
  }

  private async update(input: BrandSettingsUpdateInput, userId: string): Promise<void> {
    const { accent, shareImageId, expectedVersion = null, ...uploads } = input;
    const { share } = this.deps;
    const shared = share.idOf(shareImageId);
    // Before an image is decoded: most colors are mistyped, if anything.
    if (accent !== undefined && this.brandColors(accent) === null)
      throw new InvalidInputError('Write a color such as #9c4524.', ['accent']);
    const { images, take, tidy } = await this.deps.images.make(uploads, userId);
    await this.deps.settings.update(brandGroup, {
      changes: {
        ...images,
        ...(accent !== undefined && { accent }),
        ...(shared !== undefined && { shareImageId: shared }),
      },
      ...{ expectedVersion, actorId: userId },
      check: async (tx) => {
        await take(tx);
        await share.show(tx, shareImageId);
      },
    });
    share.drop();
    await tidy();
  }
}
