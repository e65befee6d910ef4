import { IsOptional } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { MOST_KEY_CHARACTERS, MOST_VALUE_CHARACTERS } from './changed-values.js';

@ObjectType({
  description: 'One value of an entity that no field of its own stands for.',
  simpleResolvers: true,
})
export class MetadataEntry {
  @Field(() => String, { description: 'Its name, unique within the entity: `erp.id`, `care:icon`.' })
  readonly key!: string;

  @Field(() => String, { description: 'The value as text; what it means is agreed on by those who use it.' })
  readonly value!: string;
}

@InputType({ description: 'One value to write.' })
export class MetadataEntryInput {
  @Field(() => String, {
    description: `Latin letters, digits and . _ : -, at most ${MOST_KEY_CHARACTERS}. Begin it with the name of your program: \`erp.id\`.`,
  })
  key!: string;

  @Field(() => String, { description: `At most ${MOST_VALUE_CHARACTERS} characters.` })
  value!: string;
}

@InputType({
  description: 'A change of the metadata of one entity: keys that are not named stay as they are.',
})
@NeverNull<MetadataUpdateInput>('set', 'remove', 'setPublic', 'removePublic')
export class MetadataUpdateInput {
  @Field(() => ID, { description: 'A product, a variant, a category, an order, an open cart or a customer.' })
  nodeId!: string;

  @Field(() => [MetadataEntryInput], { nullable: true, description: 'Values that only staff reads.' })
  @IsOptional()
  set?: MetadataEntryInput[];

  @Field(() => [String], {
    nullable: true,
    description: 'Keys to remove from what only staff reads; one that is not there is no mistake.',
  })
  @IsOptional()
  remove?: string[];

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description: 'Values for everybody who may read the entity: of a product, all visitors.',
  })
  @IsOptional()
  setPublic?: MetadataEntryInput[];

  @Field(() => [String], { nullable: true, description: 'Keys to remove from what everybody reads.' })
  @IsOptional()
  removePublic?: string[];

  @Field(() => Int, {
    nullable: true,
    description:
      'The metadataVersion that the change is based on; STALE_VERSION when it is another by now. Null skips the check: of two who write one key the later wins.',
  })
  @IsOptional()
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The entity with its metadata as it is now.', simpleResolvers: true })
export class MetadataPayload extends Payload {
  @Field(() => Node, { nullable: true, description: 'The entity; null when there is none.' })
  node!: object | null;
}
