import { expect, it } from 'vitest';
import { shallowRef } from 'vue';
import type { ComponentPublicInstance } from 'vue';
import { useMenuSteps } from './menu-steps';

function menu() {
  document.body.innerHTML = '<button id="more"></button>';
  const button = { $el: document.getElementById('more') } as unknown as ComponentPublicInstance;
  return useMenuSteps(shallowRef(button));
}

it('a dialog opens when the button of the menu has the focus, to which it gives it back', () => {
  const { choose, afterClosing } = menu();
  const opened: (string | undefined)[] = [];
  choose(() => opened.push(document.activeElement?.id));
  expect(opened).toEqual([]);

  const closing = new Event('close', { cancelable: true });
  afterClosing(closing);

  expect(opened).toEqual(['more']);
  expect(closing.defaultPrevented).toBe(true);
});

it('a menu that is closed without a choice opens nothing, also when something was chosen before', () => {
  const { choose, afterClosing } = menu();
  let opened = 0;
  choose(() => opened++);
  afterClosing(new Event('close', { cancelable: true }));

  const closing = new Event('close', { cancelable: true });
  afterClosing(closing);

  expect(opened).toBe(1);
  expect(closing.defaultPrevented).toBe(false);
});
