import { InvalidInputError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import { freeSlug, isSlug, slugFrom } from '../products/slug.js';
import type { TagEntity } from './tag.entity.js';
import { tagSlugs } from './tag.statements.js';

/** The former slugs of a tag that gets this one. */
export function formerSlugs({ slug: present, formerSlugs: former }: TagEntity, slug: string): string[] {
  return [...new Set([...former, present])].filter((each) => each !== slug);
}

/** The requested slug, or one made of the name that no tag has. @throws InvalidInputError */
export async function newSlug(tx: Tx, requested: string | null, name: string): Promise<string> {
  if (requested) {
    assertSlug(requested);
    return requested;
  }
  const slug = slugFrom(name) || 'tag';
  const taken = await tx.rows(tagSlugs, { slug });
  return freeSlug(slug, new Set(taken.map((row) => row.slug)));
}

/** @throws InvalidInputError */
export function assertSlug(slug: string): void {
  if (!isSlug(slug))
    throw new InvalidInputError('Small letters, digits and single dashes, at most 80.', ['slug']);
}
