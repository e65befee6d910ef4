import { Field, ID, InputType, localId } from '@vitrine/api/plugin';

@InputType({ description: 'Which gift wraps; what is left out does not narrow.' })
export class GiftWrapFilter {
  @Field(() => [ID], { nullable: true, description: 'Those with these ids, at most 100.' })
  ids?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: those that buyers may choose; false: the others.',
  })
  offered?: boolean | null;
}

export interface WrapQuery {
  readonly ids: readonly string[] | null;
  readonly offered: boolean | null;
}

/** An id of another type finds nothing, and not everything. */
export const wrapQuery = (_search: unknown, filter: GiftWrapFilter | null | undefined): WrapQuery => ({
  ids: filter?.ids?.flatMap((id) => localId('wrap', id) ?? []) ?? null,
  offered: filter?.offered ?? null,
});
