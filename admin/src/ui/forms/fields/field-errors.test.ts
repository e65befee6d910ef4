import { describe, expect, it } from 'vitest';
import { fieldOfError } from './field-errors';

describe('the field at which an error of the API is shown', () => {
  const fields = {
    code: { kind: 'text' },
    translations: { kind: 'translations' },
    links: { kind: 'lines' },
    rows: { kind: 'rows' },
    limit: { kind: 'whole', inputName: 'backorderLimit' },
  } as const;
  const sent = {
    translations: [
      { locale: 'EN', name: 'Mug' },
      { locale: 'RO', name: '' },
    ],
  };
  const places = { fields, sent, fieldOfCode: { CODE_TAKEN: 'code' } };

  it.each([
    ['its own', ['input', 'code'], 'INVALID', 'code'],
    ['the field of its language', ['input', 'translations', '1', 'name'], 'REQUIRED', 'translations.RO.name'],
    ['the field of all lines', ['input', 'links', '2'], 'INVALID', 'links'],
    ['its row', ['input', 'rows', '2', 'key'], 'INVALID', 'rows.2.key'],
    ['one that the input calls differently', ['input', 'backorderLimit'], 'INVALID', 'limit'],
    ['the one of its code, without a path', null, 'CODE_TAKEN', 'code'],
    ['the form as a whole, for what is not in it', ['input', 'expectedVersion'], 'STALE_VERSION', null],
  ])('is %s', (_what, path, code, expected) => {
    expect(fieldOfError({ path, code }, places)).toBe(expected);
  });
});
