import { beforeAll, beforeEach, expect, it } from 'vitest';
import { NOTE_CLICKS, clickAgain } from './clicks';

// Once, as each page does before anything is in it that can be clicked.
beforeAll(() => (0, eval)(NOTE_CLICKS));
beforeEach(() => {
  window.early = [];
  document.body.innerHTML = `
    <button type="button" id="menu" aria-haspopup="dialog">Menu</button>
    <button type="button" id="more"><i>+</i></button>
    <a id="link" href="#there">There</a>
    <form id="signIn" method="post"><button id="send">Sign in</button></form>`;
});

const element = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

/** What the scripts of the page hear once they run. */
function heard(): string[] {
  const names: string[] = [];
  for (const id of ['menu', 'more']) element(id).addEventListener('click', () => names.push(id));
  element('signIn').addEventListener('submit', (event) => {
    event.preventDefault();
    names.push(`signIn by ${event.submitter?.id}`);
  });
  return names;
}

it('is heard as often as it was made before the scripts ran, and then no more than once', async () => {
  element('more').querySelector('i')?.click();
  element('more').click();
  element('menu').click();
  const names = heard();

  await clickAgain();
  expect(names).toEqual(['more', 'more', 'menu']);

  element('more').click();
  await clickAgain();
  expect(names).toEqual(['more', 'more', 'menu', 'more']);
});

it('sends a form once, by the button that was clicked, and not to the server before', async () => {
  element('send').click();
  element('send').click();
  const names = heard();

  await clickAgain();

  expect(names).toEqual(['signIn by send']);
});

it('opens no dialog that was asked for before something else, and none that is gone', async () => {
  element('menu').click();
  element('more').click();
  const names = heard();
  await clickAgain();
  expect(names).toEqual(['more']);

  window.early = [];
  element('menu').click();
  names.length = 0;
  element('menu').remove();
  await clickAgain();
  expect(names).toEqual([]);
});
