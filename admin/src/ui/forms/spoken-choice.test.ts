import { expect, it } from 'vitest';
import { spokenChoice } from './spoken-choice';

const CHOICES = [
  { value: 'OAK', label: 'Oak' },
  { value: 'CLAY', label: 'Clay' },
];

it('a menu is called by its label and what is chosen in it', () => {
  expect(spokenChoice('Material', CHOICES, ['CLAY', 'OAK'], 'none')).toBe('Material: Oak, Clay');
});

it('a menu in which nothing is chosen says so', () => {
  expect(spokenChoice('Material', CHOICES, [], 'none')).toBe('Material: none');
});
