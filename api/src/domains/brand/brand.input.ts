import { IsOptional } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { SettingsUpdateInput } from '../store/index.js';

@InputType({ description: 'A change of how the shop looks: what is left out stays, null removes an image.' })
@NeverNull<BrandSettingsUpdateInput>('accent')
export class BrandSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => String, {
    nullable: true,
    description:
      'A color such as #9c4524. Any will do: where words in it could not be read, another shade of its hue is shown.',
  })
  @IsOptional()
  accent?: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The logo for light pages: an upload of `uploadCreate`, of at most 25 megapixels. It is made smaller to 800 × 320 pixels; transparency stays.',
  })
  @IsOptional()
  logo?: string | null;

  @Field(() => ID, { nullable: true, description: 'The same for dark pages.' })
  @IsOptional()
  darkLogo?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The sign in tabs of browsers: an upload. It is fitted into a square of 512 × 512 pixels, whole.',
  })
  @IsOptional()
  icon?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A public image of the media library, with which pages without an image of their own are shared; null for none.',
  })
  @IsOptional()
  shareImageId?: string | null;
}
