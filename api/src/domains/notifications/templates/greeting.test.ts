import { expect, it } from 'vitest';
import { greetingName } from './greeting.js';

it.each([
  'Ana',
  'Ștefan',
  'Jean-Luc',
  'J. R.',
  "D'Angelo",
  'María del Carmen',
  'Ana Maria',
  '明',
  'Gal·la',
  'J. Ronald',
  'Ana, Maria',
])('greets people by their name: %s', (name) => {
  expect(greetingName(name, 'en')).toBe(name);
});

it.each([
  'Buy at http://evil.example now',
  'evil.example',
  'evil。example',
  'evil,com',
  'evil，com',
  'evil、com',
  'evil;com',
  'evil .com',
  'evil . com',
  'evil , com',
  'evil․com',
  'evil﹒com',
  'ev\u200Bil.\u2060com',
  'evil\u3164.\u2800com',
  'ｗｗｗ．evil',
  'www,evil',
  '０９００１２３４',
  'www.evil',
  'mail me@evil.example',
  'bit.ly/x',
  'call 0900 123456',
  'you have won a thousand euros',
  'x'.repeat(60),
])('never greets a stranger with an advertisement: %s', (name) => {
  expect(greetingName(name, 'ro')).toBe('stimate client');
});
