import type { Language, LocalizedText } from '../../kernel/languages.js';
import { prefixOfType } from '../../kernel/ids.js';
import type { RequestContext } from '../../platform/graphql/context.js';

export type AddressKindName = 'PRODUCT' | 'CATEGORY' | 'PAGE';

/** What is at the address of an entity. */
export interface AddressedEntity {
  readonly id: string;
  /** Its present slug. */
  readonly slug: string;
  /** Where it has others in some languages. */
  readonly slugs?: LocalizedText;
  readonly name: LocalizedText;
  /** SHOWN to everybody; GONE for good, as an archived product is; HIDDEN: nobody is told that there is one. */
  readonly status: 'SHOWN' | 'GONE' | 'HIDDEN';
}

/** Entities that have an address of their own; the module that owns them registers them. */
export interface AddressKind {
  readonly kind: AddressKindName;
  /** The GraphQL type. */
  readonly type: string;
  /** Where their paths begin: `/p/`. */
  readonly start: string;
  /** Those with these ids that there are. */
  readonly entities: (ids: readonly string[]) => Promise<readonly AddressedEntity[]>;
  /** The entity for a GraphQL answer; null where this caller may not see it. */
  readonly find: (id: string, context: RequestContext) => Promise<object | null>;
}

/** The slug of an entity in a language. */
export function slugIn({ slug, slugs }: AddressedEntity, language: Language): string {
  return slugs?.[language] ?? slug;
}

/** What a redirect leads to; null for a path and for nowhere. */
export interface AddressTarget {
  readonly targetKind: string | null;
  readonly targetId: string | null;
}

/** The kinds of addresses of all modules. */
export class AddressKinds {
  private readonly kinds: AddressKind[] = [];

  register(kind: AddressKind): void {
    this.kinds.push(kind);
    // `/` begins every path.
    this.kinds.sort((one, other) => other.start.length - one.start.length);
  }

  named(name: string): AddressKind | null {
    return this.kinds.find(({ kind }) => kind === name) ?? null;
  }

  /** The kind of a public id; null for an id of something without an address. */
  ofPublicId(id: string): AddressKind | null {
    return this.kinds.find(({ type }) => id.startsWith(`${prefixOfType(type)}_`)) ?? null;
  }

  /** The kind and slug that a path without language names; null for any other path. */
  ofPath(bare: string): { readonly kind: AddressKind; readonly slug: string } | null {
    const kind = this.kinds.find(({ start }) => bare.startsWith(start));
    const slug = kind && bare.slice(kind.start.length);
    return kind && slug && !slug.includes('/') ? { kind, slug } : null;
  }

  /** By the id of each target that is shown the path of its page, without language; one read for each kind. */
  async pathsOf(targets: readonly AddressTarget[]): Promise<ReadonlyMap<string, string>> {
    const paths = new Map<string, string>();
    for (const { kind, start, entities } of this.kinds) {
      const ids = targets.flatMap((target) => (target.targetKind === kind && target.targetId) || []);
      const found = ids.length > 0 ? await entities([...new Set(ids)]) : [];
      for (const { id, slug, status } of found) if (status === 'SHOWN') paths.set(id, start + slug);
    }
    return paths;
  }

  async entity(name: string, id: string): Promise<AddressedEntity | null> {
    return (await this.named(name)?.entities([id]))?.[0] ?? null;
  }
}
