import { globalId, prefixOfType } from '../../../kernel/ids.js';
import { localized, writtenLanguages, type Language, type LocalizedText } from '../../../kernel/languages.js';
import type { Clock } from '../../../kernel/clock.js';
import { CATALOG_CHANNEL, CatalogCache } from '../../../platform/database/catalog-cache.js';
import type { Querying } from '../../../platform/database/database.js';
import type { Listener } from '../../../platform/database/listener.js';
import type { CatalogLookup, CategoryNode } from '../../catalog/index.js';
import { slugIn, type AddressKinds } from '../../routing/index.js';
import type { PageLookup } from '../pages/page-lookup.js';
import { hrefOf } from '../texts/links.js';
import { MenuEntryKind, type MenuCode, type MenuEntity, type MenuEntry } from './menu.entity.js';
import { allMenus } from './menu.statements.js';

/** How deep categories are shown: in the footer those at the top alone. */
const DEEPEST: Readonly<Record<MenuCode, number>> = { HEADER: 2, FOOTER: 0 };

/** What a menu leads to that is shown to everybody. */
interface Target {
  readonly name: LocalizedText;
  readonly path: (language: Language) => string;
}

/** A menu, with what its entries lead to. */
export type HeldMenu = Pick<MenuEntity, 'id' | 'code' | 'entries' | 'version'> & {
  readonly targets: ReadonlyMap<string, Target>;
};

interface HeldMenus {
  readonly menus: readonly HeldMenu[];
  /** The moment at which a page that they may lead to is shown or not; null when none is known. */
  readonly endsAt: Date | null;
}

export interface ShownItem {
  readonly key: string;
  readonly label: string;
  readonly href: string | null;
  readonly children: ShownItem[];
}

interface Reader {
  readonly language: Language;
  readonly defaultLanguage: Language;
}

interface Deps {
  readonly database: Querying;
  readonly listener: Listener;
  readonly clock: Clock;
  readonly kinds: AddressKinds;
  readonly catalog: CatalogLookup;
  readonly pages: PageLookup;
  readonly rootLanguage: () => Promise<Language>;
}

/**
 * The menus, held in the process until one of them, or something that it leads to, changes, or a page is shown whose
 * moment has come. Reading them costs no statement meanwhile.
 */
export class MenuLookup {
  private readonly cache: CatalogCache<HeldMenus>;

  constructor(private readonly deps: Deps) {
    const { listener, clock } = deps;
    this.cache = new CatalogCache(listener, () => this.load(), CATALOG_CHANNEL, {
      clock,
      endOf: ({ endsAt }) => endsAt,
    });
  }

  async all(): Promise<readonly HeldMenu[]> {
    return (await this.cache.get()).menus;
  }

  async byCode(code: MenuCode): Promise<HeldMenu | null> {
    return (await this.all()).find((menu) => menu.code === code) ?? null;
  }

  drop(): void {
    this.cache.drop();
  }

  /** What a reader sees of a menu: entries whose target is shown, with those below them. */
  async shown(
    { code, entries, targets }: HeldMenu,
    { language, defaultLanguage }: Reader,
  ): Promise<ShownItem[]> {
    const { roots } = await this.deps.catalog.get();
    const at = { language, rootLanguage: await this.deps.rootLanguage() };
    const paths = new Map([...targets].map(([id, { path }]) => [id, path]));
    const pick = (text: LocalizedText | undefined): string =>
      localized(text, language, defaultLanguage) ?? '';
    const ofCategory = (category: CategoryNode, depth: number): ShownItem => ({
      key: globalId('cat', category.id),
      label: pick(category.name),
      href: hrefOf({ path: `/c/${category.slug}` }, paths, at),
      children:
        depth < DEEPEST[code] ? listed(category.children).map((child) => ofCategory(child, depth + 1)) : [],
    });
    const ofEntry = ({ key, kind, labels, link, depth }: MenuEntry, children: ShownItem[]): ShownItem[] => {
      if (kind === MenuEntryKind.CATEGORIES) return listed(roots).map((root) => ofCategory(root, depth));
      const href = hrefOf(link, paths, at);
      const label = pick(labels) || pick(link?.id ? targets.get(link.id)?.name : undefined);
      // Nothing is seen of a heading with nothing below it.
      const isShown = kind === MenuEntryKind.HEADING ? children.length > 0 : href !== null;
      return isShown && label ? [{ key, label, href, children }] : [];
    };
    return nested(entries, ofEntry);
  }

  /** The entries as staff keep them. */
  kept({ entries, targets }: HeldMenu, { language, defaultLanguage }: Reader): object[] {
    return entries.map(({ key, depth, kind, labels, link }) => {
      const target = link?.id ? targets.get(link.id) : undefined;
      const type = link?.kind && this.deps.kinds.named(link.kind)?.type;
      const prefix = type ? prefixOfType(type) : null;
      return {
        ...{ key, depth, kind },
        translations: writtenLanguages(labels).map((locale) => ({ locale, label: labels[locale] })),
        targetId: link?.id && prefix ? globalId(prefix, link.id) : null,
        path: link?.path ?? null,
        name:
          localized(labels, language, defaultLanguage) ?? localized(target?.name, language, defaultLanguage),
        isLeftOut: Boolean(link?.id) && !target,
      };
    });
  }

  private async load(): Promise<HeldMenus> {
    const { database, pages, clock } = this.deps;
    const rows = await database.rows(allMenus);
    const targets = await this.targets(rows.flatMap(({ entries }) => entries));
    // The pages are held by then.
    await pages.all();
    const endsAt = pages.heldUntil();
    const isAhead = endsAt !== null && endsAt > clock.now();
    return { menus: rows.map((row) => ({ ...row, targets })), endsAt: isAhead ? endsAt : null };
  }

  private async targets(entries: readonly MenuEntry[]): Promise<Map<string, Target>> {
    const found = new Map<string, Target>();
    const names = new Set(entries.flatMap(({ link }) => link?.kind ?? []));
    const { categoryById } = await this.deps.catalog.get();
    for (const name of names) {
      const kind = this.deps.kinds.named(name);
      const ids = entries.flatMap(({ link }) => (link?.kind === name && link.id) || []);
      for (const entity of (await kind?.entities([...new Set(ids)])) ?? []) {
        const isHidden = categoryById.get(entity.id)?.breadcrumbs.some(({ hidden }) => hidden) ?? false;
        if (!kind || entity.status !== 'SHOWN' || isHidden) continue;
        const path = (language: Language): string => kind.start + slugIn(entity, language);
        found.set(entity.id, { name: entity.name, path });
      }
    }
    return found;
  }
}

const listed = (categories: readonly CategoryNode[]): CategoryNode[] =>
  categories.filter(({ hidden }) => !hidden);

/** The tree of entries that follow each other. What is left out takes those below it along. */
function nested(
  entries: readonly MenuEntry[],
  show: (entry: MenuEntry, children: ShownItem[]) => ShownItem[],
): ShownItem[] {
  const below = (from: number, depth: number): ShownItem[] => {
    const items: ShownItem[] = [];
    for (let at = from; at < entries.length; at += 1) {
      const entry = entries[at];
      if (!entry || entry.depth < depth) break;
      if (entry.depth === depth) items.push(...show(entry, below(at + 1, depth + 1)));
    }
    return items;
  };
  return below(0, 0);
}
