import { IsNotEmpty, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { AddressInput } from '../../identity/index.js';
import { StockLocationKind } from './stock-location-kind.js';

@InputType({ description: 'A new location for stock.' })
export class StockLocationCreateInput {
  @Field(() => String, {
    description: 'Short code, unique in the shop: lower-case letters, digits and dashes.',
  })
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'Lower-case letters, digits and dashes.' })
  @MaxLength(40, { message: 'At most 40 characters.' })
  code!: string;

  @Field(() => String, { description: 'Its name, at most 80 characters.' })
  @IsNotEmpty({ message: 'Give the place a name.' })
  @MaxLength(80, { message: 'At most 80 characters.' })
  name!: string;

  @Field(() => StockLocationKind, { description: 'What kind of location it is.' })
  kind!: StockLocationKind;

  @Field(() => Int, { description: 'Orders are served from the location with the highest number first.' })
  @Min(-1000, { message: 'At least -1000.' })
  @Max(1000, { message: 'At most 1000.' })
  priority!: number;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @IsOptional()
  @ValidateNested()
  address?: AddressInput | null;
}

@NeverNull<StockLocationUpdateInput>('name', 'kind', 'priority', 'active')
@InputType({ description: 'A change of a location: what is left out stays, a null address clears it.' })
export class StockLocationUpdateInput {
  @Field(() => ID, { description: 'The location.' })
  locationId!: string;

  @Field(() => String, { nullable: true, description: 'Its name, at most 80 characters.' })
  @IsOptional()
  @IsNotEmpty({ message: 'Give the place a name.' })
  @MaxLength(80, { message: 'At most 80 characters.' })
  name?: string | null;

  @Field(() => StockLocationKind, { nullable: true, description: 'What kind of location it is.' })
  @IsOptional()
  kind?: StockLocationKind | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Orders are served from the location with the highest number first.',
  })
  @IsOptional()
  @Min(-1000, { message: 'At least -1000.' })
  @Max(1000, { message: 'At most 1000.' })
  priority?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its stock is sold.' })
  @IsOptional()
  active?: boolean | null;

  @Field(() => AddressInput, { nullable: true, description: 'Where it is.' })
  @IsOptional()
  @ValidateNested()
  address?: AddressInput | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the change is based on; STALE_VERSION when it is another by now. Null skips the check.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}
