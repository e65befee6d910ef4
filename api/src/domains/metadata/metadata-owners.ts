import type { IdPrefix } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/database.js';
import type { Permission, Role } from '../../platform/graphql/roles.js';
import type { AnyModule, NodeFinder } from '../../platform/module.js';

/** A type of the schema whose entities have metadata. */
export interface MetadataOwner {
  /** Prefix of its ids. */
  readonly prefix: IdPrefix;
  /** Its name in the schema. */
  readonly name: string;
  /** Its type-graphql class. */
  readonly type: abstract new () => object;
  /** The least built-in role with the permission `read`, for readers of the schema. */
  readonly role: Role;
  readonly read: Permission;
  readonly write: Permission;
  /** Whether its public metadata is part of cached answers about the catalogue. */
  readonly isOfCatalogue: boolean;
  /** Locks one before its values are written, where they must stay with it; false when it is there no more. */
  readonly lock?: (tx: Tx, entityId: string) => Promise<boolean>;
  /** Finds one that the caller may read. */
  readonly find: NodeFinder['find'];
}

/** The owners among the types of a module, by the prefixes of their ids. */
export function ownersOf(
  module: Pick<AnyModule, 'name' | 'nodes'>,
  types: Readonly<Partial<Record<IdPrefix, abstract new () => object>>>,
  rights: Pick<MetadataOwner, 'role' | 'read' | 'write' | 'isOfCatalogue' | 'lock'>,
): MetadataOwner[] {
  return Object.entries(types).map(([key, type]) => {
    const prefix = key as IdPrefix;
    const node = module.nodes?.[prefix];
    if (!node) throw new Error(`The module ${module.name} finds no entity by the prefix ${prefix}`);
    return { prefix, name: node.type, type, find: node.find, ...rights };
  });
}
