import { expect, it } from 'vitest';
import { languageOfPath, movedTo, pathInLanguage } from './language';

it.each([
  ['/', 'ro'],
  ['/en', 'en'],
  ['/en?x=1', 'en'],
  ['/fr/c/textile', 'fr'],
  ['/english-mugs', 'ro'],
  ['/ro/c/textile', 'ro'],
  ['/de/c/textile', 'de'],
  ['/xx/c/textile', 'ro'],
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
  ['/en//evil.example/c', 'ro', '/evil.example/c'],
  ['/en///evil.example', 'fr', '/fr/evil.example'],
  ['/en/\\evil.example', 'ro', '/evil.example'],
] as const)('keeps the page when %s is read in %s', (path, language, expected) => {
  expect(pathInLanguage(path, language)).toBe(expected);
});

it.each([
  [['RO', 'FR'], 'RO', '/en/p/cana', '/p/cana'],
  [['RO', 'FR'], 'RO', '/ro/p/cana', '/p/cana'],
  [['FR'], 'FR', '/p/cana?x=1', '/fr/p/cana?x=1'],
  [['FR'], 'FR', '/fr/p/cana', null],
  [['FR', 'EN'], 'FR', '/en', null],
  // Never to another host.
  [['RO', 'FR'], 'RO', '/ro//evil.example', '/evil.example'],
  [['RO', 'FR'], 'RO', '/de//evil.example/x', '/evil.example/x'],
] as const)('offering %s, first %s, leads from %s to %s', (languages, defaultLanguage, path, expected) => {
  expect(movedTo(path, { languages, defaultLanguage, rootLanguage: 'RO' })).toBe(expected);
});

it('stays on every page while it is not known what the shop offers', () => {
  expect(movedTo('/fr/p/cana', null)).toBeNull();
});
