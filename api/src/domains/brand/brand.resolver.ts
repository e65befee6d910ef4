import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { FileStorage } from '../../integrations/storage/port.js';
import { InvalidInputError } from '../../kernel/errors.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { Role } from '../../platform/graphql/roles.js';
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

@ObjectType({ description: 'How the shop looks, as staff keep it.', simpleResolvers: true })
class BrandSettings extends settingsOf(ShopBrand) {
  @Field(() => String, { description: 'The color as staff chose it.' })
  readonly accent!: string;
}

interface BrandDeps {
  readonly settings: SettingsService;
  readonly images: BrandImages;
  readonly storage: Pick<FileStorage, 'url'>;
}

@Resolver(() => Settings)
export class BrandResolver {
  constructor(private readonly deps: BrandDeps) {}

  @FieldResolver(() => BrandSettings, { description: 'How the shop looks.' })
  async brand(): Promise<BrandSettings> {
    const { settings, storage } = this.deps;
    const { value, version, updatedAt } = await settings.stored(brandGroup);
    return { ...shownBrand(value, storage), accent: value.accent, version, updatedAt };
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
  @UserErrors('UPLOAD_INVALID', 'NOT_FOUND')
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
    const { accent, expectedVersion = null, ...uploads } = input;
    // Before an image is decoded: most colors are mistyped, if anything.
    if (accent !== undefined && this.brandColors(accent) === null)
      throw new InvalidInputError('Write a color such as #9c4524.', ['accent']);
    const { images, take, tidy } = await this.deps.images.make(uploads, userId);
    await this.deps.settings.update(brandGroup, {
      changes: { ...images, ...(accent !== undefined && { accent }) },
      ...{ expectedVersion, actorId: userId, check: take },
    });
    await tidy();
  }
}
