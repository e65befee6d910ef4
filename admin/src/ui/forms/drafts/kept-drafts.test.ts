import { beforeEach, describe, expect, it } from 'vitest';
import {
  dropDraft,
  dropDraftsOf,
  dropDraftsOfOthers,
  keepDraft,
  keptDraft,
  KEPT_DAYS,
  MOST_KEPT,
  MOST_LETTERS,
} from './kept-drafts';

const at = (object: string, user = 'ana') => ({ user, form: 'product', object });
const draft = (name: string, when = new Date().toISOString()) => ({ base: {}, draft: { name }, at: when });
const inBrowser = () => Object.values({ ...localStorage }).join('\n');

beforeEach(() => localStorage.clear());

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
    expect(localStorage).toHaveLength(0);
  });

  it('goes after two weeks', () => {
    keepDraft(at('1'), draft('Cană', new Date(Date.now() - KEPT_DAYS * 86_400_000).toISOString()));
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
