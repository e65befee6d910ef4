import { statement, t, type Database } from '../../platform/database/database.js';
import { beginningGroup, type SettingsService } from '../store/index.js';

/*
 * How a shop begins
 *
 * `seed` decides it once, on a database that nobody has written anything into: without the demonstration it becomes a shop of
 * its own, and stays one. From then on neither `seed --demo` nor a start adds goods or accounts of the demonstration. A
 * database that was filled by a version before this one holds no such decision and counts as what it was.
 *
 * The settings row is inserted by its key, so of two processes that begin one database at the same moment both write the
 * same.
 */

const isUsed = statement('setup.is-used', {
  row: { is: t.boolean },
  sql: `SELECT EXISTS (SELECT FROM app_user) OR EXISTS (SELECT FROM product) OR EXISTS (SELECT FROM shop_order) AS is`,
});
const hasOwner = statement('setup.has-owner', {
  row: { has: t.boolean },
  sql: `SELECT EXISTS (SELECT FROM app_user WHERE role = 'OWNER') AS has`,
});

export interface Beginning {
  /** Whether it is a shop of its own, without the goods and accounts of the demonstration. */
  readonly isOwn: boolean;
  /** Whether nobody owns it yet. */
  readonly isOwnerless: boolean;
}

export class Beginnings {
  constructor(
    private readonly database: Database,
    private readonly settings: SettingsService,
  ) {}

  /** Whether this is a shop of its own that nobody owns: its set-up is open to who has the link. */
  async isOpen(): Promise<boolean> {
    if (!(await this.settings.get(beginningGroup)).isOwn) return false;
    return (await this.database.row(hasOwner))?.has === false;
  }

  /** How this shop began, or begins now; `demo` asks for the demonstration. */
  async decide({ demo }: { readonly demo: boolean }): Promise<Beginning> {
    const { isOwn: wasOwn } = await this.settings.get(beginningGroup);
    const begins = !wasOwn && !demo && !(await this.database.row(isUsed))?.is;
    if (begins) await this.settings.beginWith(beginningGroup, { isOwn: true, isOpen: false });
    const owned = await this.database.row(hasOwner);
    return { isOwn: wasOwn || begins, isOwnerless: owned?.has === false };
  }
}
