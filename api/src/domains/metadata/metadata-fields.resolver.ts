import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { User } from '../identity/index.js';
import { entriesOf, metadataLoader } from './metadata.loader.js';
import type { MetadataOwner } from './metadata-owners.js';
import { MetadataEntry } from './metadata.type.js';

/** What a page usually asks of; an entity has at most 50. */
const USUAL_ENTRIES = 10;

interface Identified {
  readonly id: string;
}

async function publicEntries({ id }: Identified, context: RequestContext): Promise<MetadataEntry[]> {
  return entriesOf((await metadataLoader(context).load(id))?.publicValues);
}

const PUBLIC =
  'What no field of its own stands for, by key; for everybody who may read the entity. Written by metadataUpdate.';

/** A resolver class with the three fields of a type that has metadata. */
export function metadataFieldsOf({ type, role, read }: MetadataOwner): new () => object {
  @Resolver(() => type as never)
  class MetadataFieldsResolver {
    @Auth(role, read)
    @ListSize(USUAL_ENTRIES)
    @FieldResolver(() => [MetadataEntry], {
      nullable: true,
      description: 'What no field of its own stands for, by key. Staff only. Written by metadataUpdate.',
    })
    async metadata(@Root() { id }: Identified, @Ctx() context: RequestContext): Promise<MetadataEntry[]> {
      return entriesOf((await metadataLoader(context).load(id))?.staffValues);
    }

    @ListSize(USUAL_ENTRIES)
    @FieldResolver(() => [MetadataEntry], { description: PUBLIC })
    publicMetadata(@Root() root: Identified, @Ctx() context: RequestContext): Promise<MetadataEntry[]> {
      return publicEntries(root, context);
    }

    @Auth(role, read)
    @FieldResolver(() => Int, {
      nullable: true,
      description:
        'Goes up with each change of the metadata, public or not; give it as expectedVersion of metadataUpdate. 0 when nothing was ever written. Staff only.',
    })
    async metadataVersion(@Root() { id }: Identified, @Ctx() context: RequestContext): Promise<number> {
      return (await metadataLoader(context).load(id))?.version ?? 0;
    }
  }
  return MetadataFieldsResolver;
}

/** Who signed in reads the public metadata of the own account. */
@Resolver(() => User)
export class OwnMetadataResolver {
  @ListSize(USUAL_ENTRIES)
  @FieldResolver(() => [MetadataEntry], { description: PUBLIC })
  publicMetadata(@Root() root: Identified, @Ctx() context: RequestContext): Promise<MetadataEntry[]> {
    return publicEntries(root, context);
  }
}
