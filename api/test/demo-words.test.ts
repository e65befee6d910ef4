import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const LOCALES = join(import.meta.dirname, '../../locales');

/**
 * What the demo shop makes, how and where. Message files hold the words of the interface; what a shop says of its
 * goods is data, so that another shop does not tell its buyers of a kiln.
 */
const DEMO_WORDS = new RegExp(
  [
    ...[
      'cerami',
      'céram',
      'țesăt',
      'textil',
      'argile',
      'faits? main',
      'handmade',
      'made by hand',
      'Horezu',
      'Sibiu',
      'Brașov',
    ],
    ...[
      'lut',
      'lutul',
      'lâna',
      'lână',
      'cuptor',
      'cana',
      'cană',
      'căni',
      'bol',
      'boluri',
      'farfurii',
      'pled',
      'atelier',
      'atelierul',
    ]
      .concat([
        'clay',
        'wool',
        'kiln',
        'looms?',
        'mugs?',
        'bowls?',
        'blankets?',
        'studio',
        'workshop',
        'laine',
        'bols?',
        'plaids?',
      ])
      .map((word) => `(?<!\\p{L})${word}(?!\\p{L})`),
  ].join('|'),
  'iu',
);

/** The home page and the footer become content that staff writes; until then they speak of the demo shop. */
const UNTIL_PAGES_ARE_CONTENT = /^storefront\.json (home\.|shell\.(about|made)$|search\.invite$)/;

function* textsOf(value: unknown, path: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else
    for (const [key, inner] of Object.entries(value as object))
      yield* textsOf(inner, path === '' ? key : `${path}.${key}`);
}

/** `file key: text` of every message that speaks of the demo shop. */
function speakingOfTheDemo(folder: string): string[] {
  return globSync('**/*.json', { cwd: folder }).flatMap((file) =>
    [...textsOf(JSON.parse(readFileSync(join(folder, file), 'utf8')), '')]
      .map(([key, text]) => [`${file} ${key}`, text] as const)
      .filter(([key, text]) => !UNTIL_PAGES_ARE_CONTENT.test(key) && DEMO_WORDS.test(text))
      .map(([key, text]) => `${key}: ${text}`),
  );
}

describe('the messages of shop, admin, mails and documents', () => {
  it.each(['ro', 'en', 'fr'])('say nothing of what the demo shop makes: %s', (language) => {
    expect(speakingOfTheDemo(join(LOCALES, language))).toEqual([]);
  });

  it('neither do the rows that every shop starts with', () => {
    const starter = join(import.meta.dirname, '../src/domains/pricing/seed-reference.ts');
    expect(readFileSync(starter, 'utf8').match(DEMO_WORDS)).toBeNull();
  });

  it('would be caught speaking of it', () => {
    const texts = [
      'céramiques et textiles faits main',
      'has left our workshop',
      'Lâna se aerisește',
      'Cană, bol, pled',
    ];

    expect(texts.filter((text) => !DEMO_WORDS.test(text))).toEqual([]);
    expect(['Soluția', 'absolut', 'prelucrat', 'has left'].filter((text) => DEMO_WORDS.test(text))).toEqual(
      [],
    );
  });
});
