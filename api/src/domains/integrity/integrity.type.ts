import { Field, Int, ObjectType } from 'type-graphql';
import { Derived } from '../../platform/graphql/derived.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { IntegrityReport as Report } from './integrity.service.js';
import { ListSize } from '../../platform/graphql/cost-directives.js';

@ObjectType({
  description: 'Something that is always true of the books, and what breaks it.',
  simpleResolvers: true,
})
export class IntegrityLaw {
  @Field(() => String, { description: 'Its name for programs: STOCK_LEDGER. Never changes.' })
  readonly code!: string;

  @Field(() => String, { description: 'The claim, in plain words (English).' })
  readonly description!: string;

  @Field(() => Int, { description: 'How many rows break it; 0 is as it should be.' })
  readonly violations!: number;

  @ListSize(10)
  @Field(() => [String], { description: 'The first ten of them: order numbers, article numbers or ids.' })
  readonly samples!: readonly string[];
}

@ObjectType({ description: 'An audit of the books at one moment.', simpleResolvers: true })
export class IntegrityReport {
  @Field(() => DateTime, { description: 'When the books were read.' })
  readonly checkedAt!: Date;

  @Derived<Report>(() => Boolean, ({ violations }) => violations === 0, {
    description: 'Whether every law holds.',
  })
  readonly ok!: boolean;

  @Field(() => Int, { description: 'Rows that break a law, of all laws together.' })
  readonly violations!: number;

  @ListSize(40)
  @Field(() => [IntegrityLaw], { description: 'Every law that was asked, broken or not.' })
  readonly laws!: readonly IntegrityLaw[];
}
