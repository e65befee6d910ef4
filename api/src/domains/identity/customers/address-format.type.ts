import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { CountryCode } from '../../../platform/graphql/scalars.js';

export enum AddressRegionKind {
  COUNTY = 'COUNTY',
  STATE = 'STATE',
  PROVINCE = 'PROVINCE',
  PREFECTURE = 'PREFECTURE',
}
registerEnumType(AddressRegionKind, {
  name: 'AddressRegionKind',
  description: 'What the regions of a country are called.',
  valuesConfig: {
    COUNTY: { description: 'Counties, such as those of Romania.' },
    STATE: { description: 'States, such as those of the United States.' },
    PROVINCE: { description: 'Provinces, such as those of Italy.' },
    PREFECTURE: { description: 'Prefectures, such as those of Japan.' },
  },
});

@ObjectType({ description: 'A town to choose from.', simpleResolvers: true })
export class AddressTown {
  @Field(() => String, { description: 'For `AddressInput.city`, such as SECTOR3.' })
  code!: string;

  @Field(() => String, { description: 'As people read it, such as Sector 3.' })
  name!: string;
}

@ObjectType({ description: 'A county, state or province to choose from.', simpleResolvers: true })
export class AddressRegion {
  @Field(() => String, { description: 'For `AddressInput.region`: ISO 3166-2, such as RO-BV.' })
  code!: string;

  @Field(() => String, { description: "Its name in its own country's language, such as Brașov." })
  name!: string;

  @ListSize(1)
  @Field(() => [AddressTown], {
    description:
      'The towns to choose from, such as the sectors of Bucharest; empty where the town is free text.',
  })
  towns!: AddressTown[];
}

@ObjectType({ description: 'The address format of a country, for forms.', simpleResolvers: true })
export class AddressFormat {
  @Field(() => CountryCode, { description: 'The country.' })
  countryCode!: string;

  @Field(() => Boolean, {
    description: 'Mail is not delivered without a postal code; else it may stay empty.',
  })
  postalCodeRequired!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the postal code is printed before the town, as in most of Europe.',
  })
  postalCodeFirst!: boolean;

  @Field(() => AddressRegionKind, {
    nullable: true,
    description: 'What its regions are called; null where a region is free text.',
  })
  regionKind!: AddressRegionKind | null;

  @Field(() => Boolean, {
    description:
      'An address is not complete without its region. Where it follows from the postal code (Romania, Spain), it may be left out.',
  })
  regionRequired!: boolean;

  @ListSize(50)
  @Field(() => [AddressRegion], {
    description: 'The regions to choose from, by name; empty where a region is free text.',
  })
  regions!: AddressRegion[];
}
