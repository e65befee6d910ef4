import { Field, ID, InterfaceType } from 'type-graphql';

/** The object type of a row found by `node(id)`. */
export const NODE_TYPE = Symbol('node type');

@InterfaceType({
  description: 'An entity with a global id that `node` finds. An id belongs to one type.',
  // Otherwise a type whose file is read would be in the schema although its module is not in the shop.
  autoRegisterImplementations: false,
  resolveType: (row: { [NODE_TYPE]?: string }) => row[NODE_TYPE],
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque global id.' })
  readonly id!: string;
}
