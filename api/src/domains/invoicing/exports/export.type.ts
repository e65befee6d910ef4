import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IsOptional, MaxLength } from 'class-validator';
import { Derived, GlobalId } from '../../../platform/graphql/derived.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Url } from '../../../platform/graphql/scalars.js';
import { OrderFilter } from '../../orders/index.js';
import { documentLinks } from '../document-links.js';
import type { ExportFileEntity } from './export-file.entity.js';
import { ExportStatus } from './export-status.js';

@ObjectType({
  implements: Node,
  description: 'A file of orders for one member of staff.',
  simpleResolvers: true,
})
export class OrderExport {
  @GlobalId('expt')
  readonly id!: string;

  @Field(() => ExportStatus, { description: 'How far it is.' })
  status!: ExportStatus;

  @Field(() => Int, { description: 'How many orders are in it so far.' })
  rows!: number;

  @Derived<ExportFileEntity>(() => Url, (file, context) => documentLinks.of(context).export(file), {
    nullable: true,
    description:
      'Where to fetch it: CSV in UTF-8. A signed address; null until it is done and once it is too old.',
  })
  url!: never;

  @Field(() => Date, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done or failed; null until then.' })
  finishedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'Until when it can be fetched; null until it is done.' })
  expiresAt!: Date | null;
}

@InputType({ description: 'Which orders to write into a file.' })
export class OrderExportCreateInput {
  @Field(() => OrderFilter, { nullable: true, description: 'As for the list of orders; null for all.' })
  filter?: OrderFilter | null;

  @Field(() => String, { nullable: true, description: 'As for the list of orders; null for all.' })
  @IsOptional()
  @MaxLength(100, { message: 'At most 100 characters.' })
  search?: string | null;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat answers the same file.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The file that is going to be written.', simpleResolvers: true })
export class OrderExportPayload extends Payload {
  @Field(() => OrderExport, { nullable: true, description: 'The export; null when refused.' })
  export!: object | null;
}
