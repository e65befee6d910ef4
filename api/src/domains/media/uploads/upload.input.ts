import { IsNotEmpty, MaxLength, Min } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';

@InputType({ description: 'A file that is about to be sent.' })
export class UploadCreateInput {
  @Field(() => String, { description: 'Its name, for people.' })
  @IsNotEmpty({ message: 'A file name is needed.' })
  @MaxLength(255, { message: 'At most 255 characters.' })
  filename!: string;

  @Field(() => String, {
    description: 'image/jpeg, image/png or image/webp; for the library also application/pdf.',
  })
  contentType!: string;

  @Field(() => Int, { description: 'Its size in bytes, at most 10 MB.' })
  @Min(1, { message: 'The file is empty.' })
  size!: number;
}
