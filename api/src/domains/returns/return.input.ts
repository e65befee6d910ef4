import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { ReturnStatus } from './return-states.js';

export enum ReturnSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
}
registerEnumType(ReturnSort, {
  name: 'ReturnSort',
  description: 'Orders of a list of returns, each with an index behind it.',
  valuesConfig: {
    NEWEST: { description: 'Latest first.' },
    OLDEST: { description: 'Earliest first.' },
  },
});

@InputType({ description: 'Which returns to list; what is left out does not narrow.' })
export class ReturnFilter {
  @Field(() => [ReturnStatus], { nullable: true, description: 'Any of these.' })
  statuses?: ReturnStatus[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of returns, at most 100. An empty list narrows nothing.',
  })
  ids?: string[] | null;
}
