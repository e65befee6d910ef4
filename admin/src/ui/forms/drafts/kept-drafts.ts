import { lasting, ofThisTab, type SafeStorage } from '@vitrine/client/storage';

/**
 * A request whose answer was lost, so that nobody knows whether it had its effect. Sent again with its key, its version
 * and its values it has one effect, whichever it was.
 */
export interface OpenAttempt {
  readonly key: string;
  /** The version of the object that was sent; null where it has none. */
  readonly version: number | null;
  /**
   * What is in the fields as long as it is this request, as JSON: what was sent, with what others saved since merged into
   * it. With anything else in the fields it is another request.
   */
  readonly sent: string;
  /** The values that were sent, as the API has them. */
  readonly values: unknown;
  /** What the user was shown that it would do; null where nothing was. */
  readonly preview: unknown;
  /** When it was sent first (ISO 8601). */
  readonly at: string;
  /** Whether what was to change is stored as it was sent. Then anything else is not that request with other values. */
  readonly isSeen?: boolean;
}

interface Merged {
  readonly mine: unknown;
  readonly base: unknown;
  readonly fresh: unknown;
  readonly merged: unknown;
}

/**
 * A request without an answer, after what is stored by now was merged into the form, which may be what the request itself has
 * changed: while the user changes nothing, the form goes on to stand for it.
 */
export function carriedOn(
  open: OpenAttempt | null,
  { mine, base, fresh, merged }: Merged,
): OpenAttempt | null {
  if (open?.sent !== JSON.stringify(mine)) return open;
  const sent = JSON.stringify(merged);
  const wasChange = open.isSeen || open.sent !== JSON.stringify(base);
  return { ...open, sent, isSeen: wasChange && sent === JSON.stringify(fresh) };
}

/** What was typed into a form and not saved, with what the form began with: the two sides of a later merge. */
export interface KeptDraft {
  readonly base: unknown;
  readonly draft: unknown;
  /** When it was last changed (ISO 8601). */
  readonly at: string;
  readonly attempt?: OpenAttempt | null;
}

/*
 * Unsaved input outlives a reload and a lost session in the browser's storage, one entry for each form of an object and
 * user. It holds what the form holds, so that there is little of it for a short time: at most MOST_KEPT entries of
 * MOST_LETTERS, and nothing of a person who signed out, or of another once somebody has signed in.
 *
 * What is about a person or about money stays in the tab in which it was typed, and there for a day: closing the tab
 * removes it. All else is shared by the tabs and kept for two weeks. A request without an answer is kept for less than the
 * seven days after which the API no longer knows its key; later, repeating it would do it twice.
 *
 * Who has signed out is noted for a day, for tabs that were asleep then: browsers wake them, and bring closed ones back, with
 * what they held. It is read when a tab loads and when it is shown again, and before anything is kept, so that neither a form
 * that is still open nor a letter typed a moment before signing out is kept after it.
 */
const INDEX = 'vitrine-admin-drafts';
/** Who has signed out and not signed in again, and when. Other tabs hear of it, and drop what they hold of that person. */
const SIGNED_OUT = 'vitrine-admin-signed-out';
export const MOST_KEPT = 20;
export const MOST_LETTERS = 200_000;
export const KEPT_DAYS = 14;
export const KEPT_DAYS_OF_ATTEMPT = 6;
export const KEPT_DAYS_IN_TAB = 1;
const DAY_MS = 86_400_000;

interface Entry {
  readonly key: string;
  readonly user: string;
  readonly at: string;
}

/** The place of one form of an object, or of a new one, of a user. */
export interface DraftPlace {
  readonly user: string;
  readonly form: string;
  /** `new` while the object is being made. */
  readonly object: string;
  /** Whether it is about a person or about money. */
  readonly isPersonal?: boolean;
}

interface Keeping {
  readonly storage: SafeStorage;
  readonly days: number;
}
const OF_ALL_TABS: Keeping = { storage: lasting, days: KEPT_DAYS };
const OF_THIS_TAB: Keeping = { storage: ofThisTab, days: KEPT_DAYS_IN_TAB };
const KEEPINGS = [OF_ALL_TABS, OF_THIS_TAB];

const keepingOf = ({ isPersonal }: DraftPlace): Keeping => (isPersonal ? OF_THIS_TAB : OF_ALL_TABS);
const keyOf = ({ user, form, object }: DraftPlace): string => `${INDEX}:${user}:${form}:${object}`;
const isOlderThan = (days: number, at: string, now: number): boolean =>
  !(now - Date.parse(at) < days * DAY_MS);

/** Keeps a draft in place of the one before. One that is too long is not kept, nor is the one before, which would mislead. */
export function keepDraft(place: DraftPlace, kept: KeptDraft): void {
  const key = keyOf(place);
  const text = JSON.stringify(kept);
  if (text.length > MOST_LETTERS || place.user in signedOut()) return dropDraft(place);
  const { storage } = keepingOf(place);
  storage.set(key, text);
  const others = readIndex(storage).filter((entry) => entry.key !== key);
  const [staying, leaving] = splitAt([{ key, user: place.user, at: kept.at }, ...others], MOST_KEPT);
  writeIndex(storage, staying);
  for (const entry of leaving) storage.remove(entry.key);
}

/** The draft that is kept, or null for none or one that is too old. */
export function keptDraft(place: DraftPlace, now = Date.now()): KeptDraft | null {
  const { storage, days } = keepingOf(place);
  const text = storage.get(keyOf(place));
  if (!text) return null;
  const kept = parsed<KeptDraft>(text);
  const { attempt } = kept ?? {};
  const isTooOld =
    !kept ||
    isOlderThan(days, kept.at, now) ||
    (attempt && isOlderThan(KEPT_DAYS_OF_ATTEMPT, attempt.at, now));
  if (isTooOld) dropDraft(place);
  return isTooOld ? null : kept;
}

export function dropDraft(place: DraftPlace): void {
  const keeping = keepingOf(place);
  drop(keeping, (entry) => entry.key === keyOf(place));
  keeping.storage.remove(keyOf(place));
}

/** After signing out: nothing that this person typed stays in the browser, also not in other tabs. */
export function dropDraftsOf(user: string): void {
  // Other tabs hear of each change.
  noteSignedOut({ ...signedOut(), [user]: Date.now() });
  dropWhatMustGo();
}

/** After signing in: nothing that another person typed stays in the browser, and nothing that is too old. */
export function dropDraftsOfOthers(user: string, now = Date.now()): void {
  const { [user]: _back, ...others } = signedOut(now);
  noteSignedOut(others);
  for (const keeping of KEEPINGS)
    drop(keeping, (entry) => entry.user !== user || isOlderThan(keeping.days, entry.at, now));
}

/** Drops what is too old, and what is of somebody who has signed out. */
export function dropWhatMustGo(now = Date.now()): void {
  const gone = signedOut(now);
  for (const keeping of KEEPINGS)
    drop(keeping, (entry) => entry.user in gone || isOlderThan(keeping.days, entry.at, now));
}

dropWhatMustGo();
window.addEventListener('storage', ({ key }) => {
  if (key === SIGNED_OUT) dropWhatMustGo();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') dropWhatMustGo();
});

function signedOut(now = Date.now()): Record<string, number> {
  const noted = parsed<Record<string, number>>(lasting.get(SIGNED_OUT) ?? '{}');
  // What is kept longer than a day is shared by all tabs, and was dropped for all of them.
  return Object.fromEntries(
    Object.entries(noted ?? {}).filter(([, at]) => now - at < KEPT_DAYS_IN_TAB * DAY_MS),
  );
}

function noteSignedOut(people: Readonly<Record<string, number>>): void {
  if (Object.keys(people).length > 0) lasting.set(SIGNED_OUT, JSON.stringify(people));
  else lasting.remove(SIGNED_OUT);
}

function drop({ storage }: Keeping, isMeant: (entry: Entry) => boolean): void {
  const entries = readIndex(storage);
  const leaving = entries.filter(isMeant);
  if (leaving.length === 0) return;
  for (const { key } of leaving) storage.remove(key);
  writeIndex(
    storage,
    entries.filter((entry) => !isMeant(entry)),
  );
}

function readIndex(storage: SafeStorage): Entry[] {
  const entries = parsed<Entry[]>(storage.get(INDEX) ?? '[]');
  return Array.isArray(entries) ? entries : [];
}

function writeIndex(storage: SafeStorage, entries: readonly Entry[]): void {
  if (entries.length > 0) storage.set(INDEX, JSON.stringify(entries));
  else storage.remove(INDEX);
}

function parsed<Value>(text: string): Value | null {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

const splitAt = <Item>(items: readonly Item[], at: number): [Item[], Item[]] => [
  items.slice(0, at),
  items.slice(at),
];
