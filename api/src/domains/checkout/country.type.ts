import { Field, ObjectType } from 'type-graphql';
import { CountryCode } from '../../platform/graphql/scalars.js';

@ObjectType({ description: 'A country the shop delivers to.', simpleResolvers: true })
export class Country {
  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2.' })
  code!: string;

  @Field(() => String, { description: "Name in the request's language." })
  name!: string;
}
