import { IsNotEmpty, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'An image that is about to be sent, for a return.' })
export class ReturnPhotoUploadCreateInput {
  @Field(() => ID, { nullable: true, description: "One of the caller's own orders; null with a token." })
  orderId?: string | null;

  @Field(() => String, { nullable: true, description: 'From the link of the order; null with an id.' })
  orderToken?: string | null;

  @Field(() => String, { description: 'Its name, for people.' })
  @IsNotEmpty({ message: 'A file name is needed.' })
  @MaxLength(255, { message: 'At most 255 characters.' })
  filename!: string;

  @Field(() => String, { description: 'image/jpeg, image/png or image/webp.' })
  contentType!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 8 MB.' })
  @Min(1, { message: 'The file is empty.' })
  size!: number;
}

@InputType({ description: 'Has an image made once more.' })
export class ReturnPhotoRetryInput {
  @Field(() => ID, { description: 'The image of a return.' })
  photoId!: string;
}
