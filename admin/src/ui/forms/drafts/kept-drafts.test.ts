import { beforeEach, describe, expect, it } from 'vitest';
import {
  dropDraft,
  dropDraftsOf,
  dropDraftsOfOthers,
  keepDraft,
  keptDraft,
  KEPT_DAYS,
  KEPT_DAYS_IN_TAB,
  KEPT_DAYS_OF_ATTEMPT,
  MOST_KEPT,
  MOST_LETTERS,
} from './kept-drafts';

const at = (object: string, user = 'ana') => ({ user, form: 'product', object });
const draft = (name: string, when = new Date().toISOString()) => ({ base: {}, draft: { name }, at: when });
const inBrowser = () => Object.values({ ...localStorage }).join('\n');

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe('unsaved input in the browser', () => {
  it('is there again for the same person and object, and for nothing else', () => {
    keepDraft(at('1'), draft('Cană'));

    expect(keptDraft(at('1'))?.draft).toEqual({ name: 'Cană' });
    expect(keptDraft(at('2'))).toBeNull();
    expect(keptDraft(at('1', 'dan'))).toBeNull();
  });

  it('leaves nothing behind when it is saved or discarded', () => {
    keepDraft(at('1'), draft('Cană'));
    dropDraft(at('1'));
    expect(localStorage).toHaveLength(0);
  });

  it('goes when the person signs out, and when another one signs in', () => {
    keepDraft(at('1'), draft('of Ana'));
    keepDraft(at('1', 'dan'), draft('of Dan'));
    dropDraftsOfOthers('dan');
    expect(inBrowser()).not.toContain('of Ana');
    expect(keptDraft(at('1', 'dan'))?.draft).toEqual({ name: 'of Dan' });

    dropDraftsOf('dan');
    expect(inBrowser()).not.toContain('of Dan');
  });

  it('of a form that is still open when its person signs out is not kept after it, until they are back', () => {
    keepDraft(at('1'), draft('Cană'));
    dropDraftsOf('ana');
    // The letters of the last moment, and what another tab still shows.
    keepDraft(at('1'), draft('Cană mare'));
    expect(inBrowser()).not.toContain('Cană');

    dropDraftsOfOthers('ana');
    keepDraft(at('1'), draft('Cană mică'));
    expect(keptDraft(at('1'))?.draft).toEqual({ name: 'Cană mică' });
  });

  it('goes after two weeks', () => {
    keepDraft(at('1'), draft('Cană', daysAgo(KEPT_DAYS)));
    expect(keptDraft(at('1'))).toBeNull();
    expect(localStorage).toHaveLength(0);
  });

  it('is kept of the latest forms only', () => {
    for (let count = 0; count <= MOST_KEPT; count++) keepDraft(at(String(count)), draft('Cană'));
    expect(keptDraft(at('0'))).toBeNull();
    expect(keptDraft(at('1'))).not.toBeNull();
    expect(localStorage).toHaveLength(MOST_KEPT + 1);
  });

  it('is not kept when it is too long, nor is the shorter one before it', () => {
    keepDraft(at('1'), draft('Cană'));
    keepDraft(at('1'), draft('C'.repeat(MOST_LETTERS)));
    expect(localStorage).toHaveLength(0);
  });
});

describe('input about a person or about money', () => {
  const signsOutElsewhere = () =>
    localStorage.setItem('vitrine-admin-signed-out', JSON.stringify({ ana: Date.now() }));
  const ofBuyer = (user = 'ana') => ({ ...at('1', user), isPersonal: true });

  it('is there again in the same tab, and is never written to where other tabs and later visits read', () => {
    keepDraft(ofBuyer(), draft('Strada Lungă 1'));

    expect(keptDraft(ofBuyer())?.draft).toEqual({ name: 'Strada Lungă 1' });
    expect(localStorage).toHaveLength(0);
  });

  it('goes after a day, read or not', () => {
    keepDraft(ofBuyer(), draft('Strada Lungă 1', daysAgo(KEPT_DAYS_IN_TAB)));
    expect(keptDraft(ofBuyer())).toBeNull();

    keepDraft(ofBuyer(), draft('Strada Lungă 1', daysAgo(KEPT_DAYS_IN_TAB)));
    dropDraftsOfOthers('ana');
    expect(sessionStorage).toHaveLength(0);
  });

  it('goes from a tab that slept when its person signed out in another one, as soon as it is shown again', () => {
    keepDraft(ofBuyer(), draft('Strada Lungă 1'));
    signsOutElsewhere();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(sessionStorage).toHaveLength(0);
  });

  it('goes after a day from a tab that stays open, when it is shown again', () => {
    keepDraft(ofBuyer(), draft('Strada Lungă 1', daysAgo(KEPT_DAYS_IN_TAB)));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(sessionStorage).toHaveLength(0);
  });

  it('goes when the person signs out, here or in another tab, and when another one signs in', () => {
    keepDraft(ofBuyer(), draft('Strada Lungă 1'));
    dropDraftsOf('ana');
    expect(sessionStorage).toHaveLength(0);

    dropDraftsOfOthers('ana');
    keepDraft(ofBuyer(), draft('Strada Lungă 1'));
    signsOutElsewhere();
    window.dispatchEvent(new StorageEvent('storage', { key: 'vitrine-admin-signed-out' }));
    expect(sessionStorage).toHaveLength(0);
    dropDraftsOfOthers('ana');

    keepDraft(ofBuyer(), draft('Strada Lungă 1'));
    dropDraftsOfOthers('dan');
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('a request without an answer', () => {
  const sentAt = (when: string) => ({
    ...{ key: 'k1', version: 3, sent: '{}', values: {}, preview: null, at: when },
  });

  it('is kept with the input, for less time than the API knows its key', () => {
    keepDraft(at('1'), { ...draft('Cană'), attempt: sentAt(daysAgo(KEPT_DAYS_OF_ATTEMPT - 1)) });
    expect(keptDraft(at('1'))?.attempt?.key).toBe('k1');

    keepDraft(at('1'), { ...draft('Cană'), attempt: sentAt(daysAgo(KEPT_DAYS_OF_ATTEMPT)) });
    expect(keptDraft(at('1'))).toBeNull();
    expect(KEPT_DAYS_OF_ATTEMPT).toBeLessThan(7);
  });
});
