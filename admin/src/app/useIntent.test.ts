import { CombinedError } from '@urql/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { i18n } from './i18n';
import type { Answer } from './useIntent';
import { useIntent } from './useIntent';

const toasts: string[] = [];
vi.stubGlobal('useToast', () => ({ add: ({ title }: { title: string }) => toasts.push(title) }));

const lostAnswer: Answer = { result: { error: new CombinedError({ networkError: new Error('gone') }) } };
const refused: Answer = { result: {}, userErrors: [{ code: 'STALE_VERSION' }] };
const done: Answer = { result: {} };

function counter(answers: Answer[]) {
  const keys: string[] = [];
  const request = async (key: string): Promise<Answer> => {
    keys.push(key);
    return answers[keys.length - 1] ?? done;
  };
  return { keys, request };
}

describe('pressing a button that moves money or stock', () => {
  beforeEach(() => {
    toasts.length = 0;
    i18n.global.locale.value = 'en';
  });

  it('sends the same key again after a lost answer, so that it happens once', async () => {
    const intent = useIntent();
    const { keys, request } = counter([lostAnswer, done]);

    expect(await intent.send(request, 'Paid back')).toBe(false);
    expect(intent.problems.value[0]).toContain('cannot be reached');
    expect(await intent.send(request, 'Paid back')).toBe(true);

    expect(keys[0]).toBe(keys[1]);
    expect(toasts).toEqual(['Paid back']);
  });

  it('takes a new key after a user error, because the next press is another request', async () => {
    const intent = useIntent();
    const { keys, request } = counter([refused, done]);

    await intent.send(request, '');
    expect(intent.userErrors.value).toEqual([{ code: 'STALE_VERSION' }]);
    await intent.send(request, '');

    expect(keys[0]).not.toBe(keys[1]);
    expect(intent.problems.value).toEqual([]);
  });

  it('does nothing while the first press is on its way', async () => {
    const intent = useIntent();
    const { keys, request } = counter([]);

    const answers = await Promise.all([intent.send(request, 'once'), intent.send(request, 'once')]);

    expect(answers).toEqual([true, false]);
    expect(keys).toHaveLength(1);
  });

  it('starts anew each time the dialog opens', async () => {
    const intent = useIntent();
    const { keys, request } = counter([lostAnswer, done]);

    await intent.send(request, '');
    intent.begin();
    await intent.send(request, '');

    expect(keys[0]).not.toBe(keys[1]);
  });
});
