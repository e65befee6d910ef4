import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { GoLiveCode } from './checklist.js';

registerEnumType(GoLiveCode, {
  name: 'GoLiveCode',
  description: 'What a shop needs before strangers buy in it.',
  valuesConfig: {
    SELLER: {
      description:
        'The seller has a name, an address, a tax number and an e-mail for buyers; in Romania a number in the trade register too.',
    },
    PRODUCT: { description: 'A product is on sale: with a picture and a price, in stock or to be made.' },
    DELIVERY: {
      description: 'Half a kilogram of goods at the median price is delivered all over the home country.',
    },
    PAYMENT: {
      description:
        'Cards by a provider that takes real money, cash with a courier, or transfers to an account.',
    },
    TEXTS: {
      description:
        'Terms, privacy, withdrawal, contact, delivery and returns are published, and not the texts that every shop begins with.',
    },
    MAIL: { description: 'Mails leave the shop.' },
    ADDRESS: { description: 'The address of the shop begins with https.' },
    TAX: { description: 'Invoices without tax say by which law.' },
    DELIVERY_ABROAD: { description: 'Each other country of the zones has a way of delivery.' },
  },
});

@ObjectType({
  description: 'An item of the checklist, true by what is stored at this moment.',
  simpleResolvers: true,
})
export class GoLiveItem {
  @Field(() => GoLiveCode, { description: 'What is needed.' })
  readonly code!: GoLiveCode;

  @Field(() => Boolean, { description: 'Whether the shop does not open without it; else it is advised.' })
  readonly isRequired!: boolean;

  @Field(() => Boolean, { description: 'Whether it is there.' })
  readonly isMet!: boolean;
}
