import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A long job of which the effect is to be taken back.' })
export class JobUndoInput {
  @Field(() => ID, { description: 'The job, which has ended.' })
  jobId!: string;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same job.',
  })
  idempotencyKey!: string;
}
