import { Field, ObjectType } from 'type-graphql';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { DateTime, Url } from '../../../platform/graphql/scalars.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
@ObjectType({ description: 'A header to send.', simpleResolvers: true })
export class UploadHeader {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'Its value.' })
  value!: string;
}

@ObjectType({ description: 'The URL and headers for sending a file.', simpleResolvers: true })
export class Upload {
  @GlobalId('upl')
  id!: string;

  @Field(() => Url, {
    description: 'Send the bytes to this URL. Whoever knows it may send, so keep it secret.',
  })
  url!: string;

  @Field(() => String, { description: 'The HTTP method.' })
  method!: string;

  @ListSize(2)
  @Field(() => [UploadHeader], { description: 'Headers to send along.' })
  headers!: UploadHeader[];

  @Field(() => DateTime, { description: 'Until when.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'Where to send the file.', simpleResolvers: true })
export class UploadPayload extends Payload {
  @Field(() => Upload, { nullable: true, description: 'The upload; null when refused.' })
  upload!: object | null;
}
