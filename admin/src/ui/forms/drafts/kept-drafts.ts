import { lasting } from '@vitrine/client/storage';

/** What was typed into a form and not saved, with what the form began with: the two sides of a later merge. */
export interface KeptDraft {
  readonly base: unknown;
  readonly draft: unknown;
  /** When it was last changed (ISO 8601). */
  readonly at: string;
}

/*
 * Unsaved input outlives a reload, a lost session and a closed tab in the browser's storage, one entry for each form of
 * an object and user. It holds what the form holds, so that there is little of it for a short time: at most MOST_KEPT
 * entries of MOST_LETTERS, for KEPT_DAYS, and nothing of another person once somebody has signed in.
 */
const INDEX = 'vitrine-admin-drafts';
export const MOST_KEPT = 20;
export const MOST_LETTERS = 200_000;
export const KEPT_DAYS = 14;

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
}

const keyOf = ({ user, form, object }: DraftPlace): string => `${INDEX}:${user}:${form}:${object}`;

/** Keeps a draft in place of the one before. One that is too long is not kept, nor is the one before, which would mislead. */
export function keepDraft(place: DraftPlace, kept: KeptDraft): void {
  const key = keyOf(place);
  const text = JSON.stringify(kept);
  if (text.length > MOST_LETTERS) return dropDraft(place);
  lasting.set(key, text);
  const others = readIndex().filter((entry) => entry.key !== key);
  const [staying, leaving] = splitAt([{ key, user: place.user, at: kept.at }, ...others], MOST_KEPT);
  writeIndex(staying);
  for (const entry of leaving) lasting.remove(entry.key);
}

/** The draft that is kept, or null for none or one that is too old. */
export function keptDraft(place: DraftPlace, now = Date.now()): KeptDraft | null {
  const text = lasting.get(keyOf(place));
  if (!text) return null;
  const kept = parsed<KeptDraft>(text);
  const isFresh = kept !== null && now - Date.parse(kept.at) < KEPT_DAYS * 86_400_000;
  if (!isFresh) dropDraft(place);
  return isFresh ? kept : null;
}

export function dropDraft(place: DraftPlace): void {
  drop((entry) => entry.key === keyOf(place));
  lasting.remove(keyOf(place));
}

/** After signing out: nothing that this person typed stays in the browser. */
export const dropDraftsOf = (user: string): void => drop((entry) => entry.user === user);

/** After signing in: nothing that another person typed stays in the browser. */
export const dropDraftsOfOthers = (user: string): void => drop((entry) => entry.user !== user);

function drop(isMeant: (entry: Entry) => boolean): void {
  const entries = readIndex();
  const leaving = entries.filter(isMeant);
  if (leaving.length === 0) return;
  for (const { key } of leaving) lasting.remove(key);
  writeIndex(entries.filter((entry) => !isMeant(entry)));
}

function readIndex(): Entry[] {
  const entries = parsed<Entry[]>(lasting.get(INDEX) ?? '[]');
  return Array.isArray(entries) ? entries : [];
}

function writeIndex(entries: readonly Entry[]): void {
  if (entries.length > 0) lasting.set(INDEX, JSON.stringify(entries));
  else lasting.remove(INDEX);
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
