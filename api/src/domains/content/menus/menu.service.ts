import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import type { Database } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { WrittenText } from '../../../platform/texts.js';
import { announceCatalogChange, cleanText } from '../../catalog/index.js';
import type { AddressKinds } from '../../routing/index.js';
import { menuChanged } from '../content.events.js';
import type { MenuUpdateInput } from './menu.input.js';
import { MenuEntity, type MenuEntry } from './menu.entity.js';
import type { MenuLookup } from './menu-lookup.js';
import { placeOfLabel } from './menu-texts.js';
import { readEntries } from './read-entries.js';

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly kinds: AddressKinds;
  readonly menus: MenuLookup;
  readonly defaultLanguage: () => Promise<Language>;
}

interface Change {
  readonly actorId: string;
  readonly expectedVersion: number;
}

/**
 * What staff write on menus. A menu is one row, locked and compared with the version that was seen: of two who save at
 * once the second is told STALE_VERSION.
 */
export class MenuService {
  constructor(private readonly deps: Deps) {}

  /** Replaces the entries of a menu. @throws StaleVersionError, NotFoundError, InvalidInputError */
  async update({ code, entries: given, expectedVersion }: MenuUpdateInput, actorId: string): Promise<void> {
    const { kinds, defaultLanguage } = this.deps;
    const entries = readEntries(given, { kinds, required: await defaultLanguage() });
    await this.assertThere(entries, code);
    await this.write({ code }, { actorId, expectedVersion }, () => entries);
  }

  /** Writes one label, for whoever translates them. @throws StaleVersionError, NotFoundError */
  async translate({ id, language, text, version, actorId }: WrittenText): Promise<void> {
    const place = await this.deps.database.row(placeOfLabel, { id });
    if (!place) throw new NotFoundError('text', ['id']);
    const label = cleanText(text).replace(/\s+/g, ' ');
    await this.write({ id: place.menuId }, { actorId, expectedVersion: version }, (entries) =>
      entries.map((entry) =>
        entry.key === place.key ? { ...entry, labels: { ...entry.labels, [language]: label } } : entry,
      ),
    );
  }

  private async write(
    which: Partial<Pick<MenuEntity, 'id' | 'code'>>,
    { actorId, expectedVersion }: Change,
    change: (entries: readonly MenuEntry[]) => readonly MenuEntry[],
  ): Promise<void> {
    const { database, outbox, menus } = this.deps;
    await database.transaction(async (tx) => {
      const row = await tx.repository(MenuEntity).lock(which);
      if (!row) throw new NotFoundError('menu', ['code']);
      if (row.version !== expectedVersion) throw new StaleVersionError(row.version);
      await tx.repository(MenuEntity).update(row, { entries: change(row.entries) });
      const { code, version } = row;
      await outbox.append(tx, menuChanged(row.id, { code, version, changedBy: actorId }));
      await announceCatalogChange(tx);
    });
    menus.drop();
    outbox.notifyRelay();
  }

  /** Of what is new in the menu: what was there before may be gone by now, and is kept. */
  private async assertThere(entries: readonly MenuEntry[], code: MenuEntity['code']): Promise<void> {
    const before = await this.deps.database.repository(MenuEntity).find({ code });
    const known = new Set(before?.entries.flatMap(({ link }) => link?.id ?? []));
    for (const [at, { link }] of entries.entries()) {
      if (!link?.id || !link.kind || known.has(link.id)) continue;
      if (!(await this.deps.kinds.entity(link.kind, link.id)))
        throw new NotFoundError('target', ['entries', String(at), 'targetId']);
      known.add(link.id);
      if (known.size > 200) throw new InvalidInputError('Too many targets.', ['entries']);
    }
  }
}
