import type { CatalogCache } from '../../platform/database/catalog-cache.js';
import type { Database } from '../../platform/database/database.js';
import type { AddressLanguage, Language } from '../../kernel/languages.js';
import { slugIn, type AddressedEntity, type AddressKind, type AddressKinds } from './address-kinds.js';
import { inLanguage, normalPath, splitLanguage, type LocalPath } from './paths.js';
import type { RedirectTable } from './redirect-table.js';
import type { RedirectCode } from './redirect.entity.js';
import { entityOfSlug } from './routing.statements.js';
import type { Visits } from './visits.js';

/** What is at a path. */
export interface FoundUrl {
  readonly found: 'ENTITY' | 'REDIRECT' | 'GONE';
  /** Of an entity, and of a redirect that leads to one. */
  readonly kind: AddressKind | null;
  readonly entityId: string | null;
  readonly code: 200 | RedirectCode;
  /** Where to go, as a path; null unless it is a redirect. */
  readonly redirectTo: string | null;
  /** The path without language; null for what is gone. */
  readonly bare: string | null;
  /** The same of the page in another language, where it differs. */
  readonly bareIn?: (language: Language) => string;
  readonly language: Language;
}

interface AtSlug {
  readonly kind: AddressKind;
  readonly entity: AddressedEntity;
}

interface Deps {
  readonly database: Database;
  readonly kinds: AddressKinds;
  readonly table: CatalogCache<RedirectTable>;
  readonly visits: Visits;
  /** The language whose pages have no prefix. */
  readonly rootLanguage: () => Promise<Language>;
}

const GONE = { found: 'GONE', code: 410, kind: null, entityId: null, redirectTo: null, bare: null } as const;

/** Says what is at a path of the storefront. */
export class UrlResolver {
  constructor(private readonly deps: Deps) {}

  /**
   * The entity with this slug, else the one that had it before, else where a redirect of exactly this path leads, else
   * one of the longest prefix, else whether something was there. Null when nothing is known of the path, and for an entity
   * that is not shown. An address in another spelling (capitals, a slash more) redirects to the one of the page.
   */
  async resolve(given: string): Promise<FoundUrl | null> {
    const normal = normalPath(given);
    if (!normal) return null;
    const rootLanguage = await this.deps.rootLanguage();
    const path = splitLanguage(normal, rootLanguage);
    const at = await this.atSlug(path);
    if (at?.entity.status === 'SHOWN') return found(at, { language: path.language, rootLanguage }, given);
    const redirected = await this.redirected(path, rootLanguage);
    if (redirected) return redirected;
    if (at?.entity.status === 'GONE') return { ...GONE, language: path.language };
    this.deps.visits.foundNothing(normal);
    return null;
  }

  /** The shown entity at a normal path in any language; null for any other path. */
  async shownAt(normal: string): Promise<AtSlug | null> {
    const at = await this.atSlug(splitLanguage(normal, await this.deps.rootLanguage()));
    return at?.entity.status === 'SHOWN' ? at : null;
  }

  /** Whether a redirect leads away from exactly this path without language. */
  async hasRedirect(bare: string): Promise<boolean> {
    const rootLanguage = await this.deps.rootLanguage();
    const redirect = (await this.deps.table.get()).at(splitLanguage(bare, rootLanguage), rootLanguage);
    return redirect?.fromPath === bare;
  }

  private async atSlug({ language, bare }: LocalPath): Promise<AtSlug | null> {
    const named = this.deps.kinds.ofPath(bare);
    if (!named) return null;
    const { kind, slug } = named;
    const row = await this.deps.database.row(entityOfSlug, { kind: kind.kind, slug, language });
    const [entity] = row ? await kind.entities([row.entityId]) : [];
    return entity ? { kind, entity } : null;
  }

  private async redirected(path: LocalPath, rootLanguage: Language): Promise<FoundUrl | null> {
    const end = (await this.deps.table.get()).follow(path, rootLanguage);
    // The database holds no circle; one that was written by hand leads nowhere.
    if (!end || end === 'LOOP') return null;
    this.deps.visits.followed(end.redirect.id);
    const { language, code } = end;
    if (end.code === 410) return { ...GONE, language };
    const at = end.entity
      ? await this.ofEntity(end.entity)
      : await this.atSlug({ language, bare: end.bare ?? '/' });
    if (at?.entity.status === 'SHOWN') return leadTo(at, { language, rootLanguage }, code);
    if (at?.entity.status === 'GONE') return { ...GONE, language };
    if (end.bare === null) return null;
    const redirectTo = inLanguage({ language, bare: end.bare }, rootLanguage);
    return {
      ...{ found: 'REDIRECT', kind: null, entityId: null, code, redirectTo, language },
      bare: end.bare,
    };
  }

  private async ofEntity({ kind: name, id }: { kind: string; id: string }): Promise<AtSlug | null> {
    const kind = this.deps.kinds.named(name);
    const [entity] = (await kind?.entities([id])) ?? [];
    return kind && entity ? { kind, entity } : null;
  }
}

/** The page itself at its own address, else the way there. */
function found(at: AtSlug, page: AddressLanguage, given: string): FoundUrl {
  const leading = leadTo(at, page, 301);
  if (leading.redirectTo !== given.split(/[?#]/, 1)[0]) return leading;
  return { ...leading, found: 'ENTITY', code: 200, redirectTo: null };
}

function leadTo(
  { kind, entity }: AtSlug,
  { language, rootLanguage }: AddressLanguage,
  code: RedirectCode,
): FoundUrl {
  const bareIn = (other: Language): string => kind.start + slugIn(entity, other);
  const bare = bareIn(language);
  const redirectTo = inLanguage({ language, bare }, rootLanguage);
  return { found: 'REDIRECT', kind, entityId: entity.id, code, redirectTo, bare, bareIn, language };
}
