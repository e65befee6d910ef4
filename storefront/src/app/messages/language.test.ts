import { expect, it } from 'vitest';
import { languageOfPath, pathInLanguage } from './language';

it.each([
  ['/', 'ro'],
  ['/en', 'en'],
  ['/en?x=1', 'en'],
  ['/fr/c/textile', 'fr'],
  ['/english-mugs', 'ro'],
  ['/ro/c/textile', 'ro'],
])('takes the language of %s from the path alone', (path, expected) => {
  expect(languageOfPath(path)).toBe(expected);
});

it.each([
  ['/', 'en', '/en'],
  ['/en', 'ro', '/'],
  ['/en?q=1', 'ro', '/?q=1'],
  ['/?q=1', 'fr', '/fr?q=1'],
  ['/c/boluri?f.colour=crem', 'fr', '/fr/c/boluri?f.colour=crem'],
  ['/en/c/boluri?f.colour=crem', 'ro', '/c/boluri?f.colour=crem'],
] as const)('keeps the page when %s is read in %s', (path, language, expected) => {
  expect(pathInLanguage(path, language)).toBe(expected);
});
