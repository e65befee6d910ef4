import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { GlobalId } from '../../platform/graphql/derived.js';
import { Payload } from '../../platform/graphql/payload.js';
import { EmailAddress } from '../../platform/graphql/scalars.js';

export enum EmailStatus {
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  SENT = 'SENT',
  UNKNOWN = 'UNKNOWN',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
}
registerEnumType(EmailStatus, {
  name: 'EmailStatus',
  description: 'What became of a mail.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent, or to be tried again.' },
    SENDING: { description: 'Is being handed to the mail service.' },
    SENT: { description: 'The mail service accepted it.' },
    UNKNOWN: { description: "The mail service's answer got lost; it is asked whether it has the mail." },
    FAILED: { description: 'The mail service refused it for good.' },
    BOUNCED: { description: "The mail service accepted it, and the recipient's server refused it." },
  },
});

@ObjectType({
  description: 'A mail of the shop to a buyer, to staff or to the owner; without its content.',
  simpleResolvers: true,
})
export class Email {
  @GlobalId('mail')
  readonly id!: string;

  @Field(() => EmailAddress, { description: 'To whom.' })
  recipient!: string;

  @Field(() => String, {
    description: 'Which mail it is: `order-confirmation`, `password-reset`, `owner-alert`.',
  })
  template!: string;

  @Field(() => EmailStatus, { description: 'What became of it.' })
  status!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was not sent yet, failed or bounced; null when nothing is wrong.',
  })
  error!: string | null;

  @Field(() => Int, { description: 'How often it was handed to the mail service.' })
  attempts!: number;

  @Field(() => String, {
    nullable: true,
    description: "The mail service's id of it; null until it was accepted.",
  })
  messageId!: string | null;

  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When its status last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of mails.', simpleResolvers: true })
export class EmailConnection extends ConnectionOf(Email, 'Email') {}

@InputType({ description: 'Which mails to list; what is left out does not narrow.' })
export class EmailFilter {
  @Field(() => [EmailStatus], { nullable: true, description: 'Any of these.' })
  statuses?: EmailStatus[] | null;

  @Field(() => String, { nullable: true, description: 'Only this mail, such as `order-confirmation`.' })
  template?: string | null;
}

@InputType({ description: 'A mail to be sent again.' })
export class EmailResendInput {
  @Field(() => ID, { description: 'The mail.' })
  emailId!: string;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'Another address for this one mail; left out or null for the first one.',
  })
  recipient?: string | null;

  @Field(() => ID, { description: 'Made by the client, 8 to 128 characters: a repeat sends nothing more.' })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The mail that was written anew.', simpleResolvers: true })
export class EmailPayload extends Payload {
  @Field(() => Email, { nullable: true, description: 'The new mail; null when refused.' })
  email!: object | null;
}
