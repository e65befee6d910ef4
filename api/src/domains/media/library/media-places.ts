import { globalId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { Querying } from '../../../platform/database/database.js';
import type { MediaPlace } from './media.enums.js';
import { placesOf } from './media.statements.js';
import { placeOf, type MediaUses } from './media-uses.js';
import { MOST_USES } from './media-use.type.js';

/** A place as `MediaUse` shows it; the name is there in every language. */
export interface ShownPlace {
  readonly place: MediaPlace;
  readonly ownerId: string | null;
  readonly ownerNames: LocalizedText;
}

export interface ShownPlaces {
  readonly places: ShownPlace[];
  readonly total: number;
}

const NOWHERE: ShownPlaces = { places: [], total: 0 };

/** Says where files are shown, with the names that the places have now. */
export class MediaPlaces {
  constructor(private readonly uses: MediaUses) {}

  async of(from: Querying, id: string): Promise<ShownPlaces> {
    return (await this.ofEach(from, [id])).get(id) ?? NOWHERE;
  }

  /** By id of the file the first places and how many there are; one statement, and one for each kind of owner. */
  async ofEach(from: Querying, ids: readonly string[]): Promise<ReadonlyMap<string, ShownPlaces>> {
    const rows = await from.rows(placesOf, { ids, most: MOST_USES });
    const names = new Map<string, LocalizedText>();
    for (const type of new Set(rows.map(({ ownerType }) => ownerType))) {
      const owners = rows.flatMap((row) => (row.ownerType === type ? row.ownerId : []));
      const found = (await this.uses.owner(type)?.names(from, [...new Set(owners)])) ?? new Map();
      for (const [id, name] of found) names.set(id, name);
    }
    const places = new Map<string, ShownPlaces>();
    for (const row of rows) {
      const shown = places.get(row.mediaId) ?? { places: [], total: row.total };
      const prefix = this.uses.owner(row.ownerType)?.prefix;
      shown.places.push({
        place: placeOf(row),
        ownerId: prefix ? globalId(prefix, row.ownerId) : null,
        ownerNames: names.get(row.ownerId) ?? {},
      });
      places.set(row.mediaId, shown);
    }
    return places;
  }
}
