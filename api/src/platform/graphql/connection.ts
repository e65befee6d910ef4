import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Derived } from './derived.js';
import type { Connection as ConnectionValue } from '../../kernel/pagination.js';

@ObjectType({ description: 'The position of a page in its list (Relay).', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'More entries follow.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Entries come before.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first entry; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last entry; null on an empty page.' })
  endCursor!: string | null;
}

/** Counting stops here, so that it stays fast for any list. */
export const COUNT_CAP = 10_000;

/** The count, or a function that is called only when the field is selected. */
interface Counted {
  totalCount?: number | null | (() => Promise<number>);
}

interface ConnectionClass<T> {
  new (): ConnectionValue<T> & Counted;
}

/**
 * The connection type `<name>Connection` with its edge. Subclass it as
 * `@ObjectType() class ProductConnection extends ConnectionOf(Product, 'Product') {}`.
 */
export function ConnectionOf<T extends object>(node: ClassType<T>, name: string): ConnectionClass<T> {
  @ObjectType(`${name}Edge`, { description: 'An entry of the list with its cursor.', simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Pass it as `after` or `before` to read on from here.' })
    cursor!: string;

    @Field(() => node, { description: 'The entry.' })
    node!: T;
  }

  @ObjectType({ simpleResolvers: true })
  abstract class Connection {
    @Field(() => [Edge], { description: 'Entries with cursors.' })
    edges!: Edge[];

    @Field(() => [node], { description: 'The entries alone.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'The position of this page.' })
    pageInfo!: PageInfo;

    @Derived<Counted>(
      () => Int,
      ({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : (totalCount ?? null)),
      {
        nullable: true,
        description: `How many entries the whole list has, counted only when asked for and at most to ${COUNT_CAP}.`,
      },
    )
    totalCount?: Counted['totalCount'];
  }
  return Connection as unknown as ConnectionClass<T>;
}
