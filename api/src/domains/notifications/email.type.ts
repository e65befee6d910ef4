import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { GlobalId } from '../../platform/graphql/derived.js';
import { Payload } from '../../platform/graphql/payload.js';
import { EmailAddress } from '../../platform/graphql/scalars.js';

export enum EmailStatus {
  SCHEDULED = 'SCHEDULED',
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  SENT = 'SENT',
  UNKNOWN = 'UNKNOWN',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(EmailStatus, {
  name: 'EmailStatus',
  description: 'The status of a mail.',
  valuesConfig: {
    SCHEDULED: { description: 'Waits for the time at which it is to be sent.' },
    QUEUED: { description: 'Waits to be sent, or to be tried again.' },
    SENDING: { description: 'Is being handed to the mail service.' },
    SENT: { description: 'The mail service accepted it.' },
    UNKNOWN: { description: "The mail service's response was lost; it is searched for the mail." },
    FAILED: { description: 'The mail service refused it for good.' },
    BOUNCED: { description: "The mail service accepted it, and the recipient's server refused it." },
    CANCELLED: { description: 'It was stopped before it was sent.' },
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

  @Field(() => EmailStatus, { description: 'Its status.' })
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

  @Field(() => String, {
    nullable: true,
    description:
      'The version of what it says, as `EmailPreview.version` has it: of when it was sent, before that of when it was written. Null for mails of before versions were kept.',
  })
  templateVersion!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it is sent at the earliest; null for a mail that was to be sent at once.',
  })
  notBefore!: Date | null;

  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When its status last changed.' })
  updatedAt!: Date;
}

@ObjectType({ description: 'A page of mails.', simpleResolvers: true })
export class EmailConnection extends ConnectionOf(Email, 'Email') {}

@ObjectType({ description: 'A mail after a command.', simpleResolvers: true })
export class EmailPayload extends Payload {
  @Field(() => Email, {
    nullable: true,
    description: 'The mail: a new one where it is sent again; null when refused.',
  })
  email!: object | null;
}
