import { Arg, ID, Query, Resolver } from 'type-graphql';
import { localId, prefixOfType } from '../../../kernel/ids.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { Role } from '../../../platform/graphql/roles.js';
import { SlugCheck, SlugOwner } from './slug-check.type.js';
import type { SlugChecks } from './slug-checks.js';

/** By type and not by prefix: that of pages is declared by their module, which comes after this one. */
const TYPES = { PRODUCT: 'Product', CATEGORY: 'Category', PAGE: 'Page' } as const;

@Resolver()
export class SlugCheckResolver {
  constructor(private readonly slugs: SlugChecks) {}

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => SlugCheck, { description: 'Whether a slug can be taken, before it is saved.' })
  slugCheck(
    @Arg('owner', () => SlugOwner, { description: 'What is to have it.' }) owner: SlugOwner,
    @Arg('slug', () => String, {
      description: 'The slug, or a text to make one of; the first 200 characters count.',
    })
    slug: string,
    @Arg('id', () => ID, {
      nullable: true,
      description: 'The product, category or page that is to have it; left out for a new one.',
    })
    id: string | null,
  ): Promise<SlugCheck> {
    const prefix = prefixOfType(TYPES[owner]);
    const own = id && prefix ? localId(prefix, id) : null;
    return this.slugs.check(owner, slug.slice(0, 200), own);
  }
}
