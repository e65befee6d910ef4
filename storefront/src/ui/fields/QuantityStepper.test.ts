import { expect, it, vi } from 'vitest';
import { showInShop } from '../../app/testing';
import QuantityStepper from './QuantityStepper.vue';

function stepper(quantity: number, max: number | null = null) {
  const change = vi.fn();
  const { element } = showInShop(QuantityStepper, { quantity, max, label: 'Cantitate', onChange: change });
  const field = element.querySelector('input') as HTMLInputElement;
  return {
    type(typed: string): void {
      field.value = typed;
      field.dispatchEvent(new Event('change'));
    },
    shown: () => field.value,
    change,
  };
}

it('takes twelve plates that are typed, instead of eleven presses', () => {
  const plates = stepper(1);
  plates.type('12');
  expect(plates.change).toHaveBeenCalledExactlyOnceWith(12);
});

it.each([
  ['1 2', 12],
  ['40', 30],
])('understands "%s" as %d where thirty can be had', (typed, taken) => {
  const plates = stepper(1, 30);
  plates.type(typed);
  expect([plates.change.mock.lastCall, plates.shown()]).toEqual([[taken], String(taken)]);
});

it.each(['', 'zece', '0', '-3', '1,5', '1e9x'])('goes back to what it was when "%s" is typed', (typed) => {
  const plates = stepper(3);
  plates.type(typed);
  expect([plates.change.mock.calls, plates.shown()]).toEqual([[], '3']);
});
