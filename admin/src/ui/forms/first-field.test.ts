import { expect, it } from 'vitest';
import { firstField } from './first-field';

it('leads to the first wrong field of the page, whatever order the form checks them in', () => {
  document.body.innerHTML =
    '<input name="shipping.lastName"><input name="shipping.line1"><input name="email">';

  expect(firstField(['email', 'shipping.line1', 'elsewhere'])?.getAttribute('name')).toBe('shipping.line1');
  expect(firstField(['elsewhere'])).toBeNull();
});
