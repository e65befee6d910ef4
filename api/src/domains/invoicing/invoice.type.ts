import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId, MoneyField } from '../../platform/graphql/derived.js';
import { Url } from '../../platform/graphql/scalars.js';
import { documentLinks } from './document-links.js';
import type { InvoiceEntity } from './invoice.entity.js';

export enum InvoiceKind {
  INVOICE = 'INVOICE',
  CREDIT_NOTE = 'CREDIT_NOTE',
}
registerEnumType(InvoiceKind, {
  name: 'InvoiceKind',
  description: 'What an accounting document says.',
  valuesConfig: {
    INVOICE: { description: 'What was paid for.' },
    CREDIT_NOTE: { description: 'What was given back of it.' },
  },
});

@ObjectType({
  description: 'A numbered accounting document; never changed once issued.',
  simpleResolvers: true,
})
export class Invoice {
  @GlobalId('inv')
  readonly id!: string;

  @Derived<InvoiceEntity>(() => String, ({ printedNumber }) => printedNumber, {
    description: 'Series and number: "LL-000042". Without gaps, shared by both kinds.',
  })
  number!: never;

  @Field(() => InvoiceKind, { description: 'Invoice or credit note.' })
  kind!: InvoiceKind;

  @MoneyField({
    from: 'totalGross',
    description: 'What it is over, tax included; of a credit note what is credited.',
  })
  total!: never;

  @Field(() => Date, { description: 'When it was issued.' })
  issuedAt!: Date;

  @Derived<InvoiceEntity>(() => Url, ({ id }, context) => documentLinks.of(context).invoice(id), {
    description:
      "The PDF in the order's language. A signed address, good for a day: ask again rather than keep it.",
  })
  url!: never;
}
