import { Field, Int, ObjectType } from 'type-graphql';
import { Derived } from '../../platform/graphql/derived.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { IntegrityReport as Report } from './integrity.service.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ObjectType({
  description: 'A rule that the stored data always keeps, and what breaks it.',
  simpleResolvers: true,
})
export class IntegrityCheck {
  @Field(() => String, { description: 'Its name for programs: STOCK_LEDGER. Never changes.' })
  readonly code!: string;

  @Field(() => String, { description: 'The claim, in plain words (English).' })
  readonly description!: string;

  @Field(() => Int, { description: 'How many rows break it; 0 is as it should be.' })
  readonly violations!: number;

  @ListSize(10)
  @Field(() => [String], { description: 'The first ten of them: order numbers, SKUs or ids.' })
  readonly samples!: readonly string[];
}

@ObjectType({ description: 'An audit of the stored data at one moment.', simpleResolvers: true })
export class IntegrityReport {
  @Field(() => DateTime, { description: 'When the data was read.' })
  readonly checkedAt!: Date;

  @Derived<Report>(() => Boolean, ({ violations }) => violations === 0, {
    description: 'Whether every rule holds.',
  })
  readonly ok!: boolean;

  @Field(() => Int, { description: 'Rows that break a rule, of all rules together.' })
  readonly violations!: number;

  @ListSize(40)
  @Field(() => [IntegrityCheck], { description: 'Every rule that was checked, broken or not.' })
  readonly checks!: readonly IntegrityCheck[];
}
