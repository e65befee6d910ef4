import { beforeEach, describe, expect, it } from 'vitest';
import { createSSRApp, h, nextTick, ref, vModelText, withDirectives } from 'vue';
import { keepEarlyInput } from './input';

const app = (): HTMLElement => document.getElementById('app') as HTMLElement;
const field = <T extends Element = HTMLInputElement>(selector: string): T =>
  document.querySelector(selector) as T;

beforeEach(() => {
  document.body.innerHTML = '<div id="app"></div>';
});

describe('what a visitor enters before the scripts of a page run', () => {
  it('stays in the field, and is what the page knows', async () => {
    app().innerHTML = '<input value="">';
    field('input').value = 'ana@example.test';
    const email = ref('');
    const restore = keepEarlyInput(app());
    createSSRApp({
      render: () =>
        withDirectives(h('input', { 'onUpdate:modelValue': (typed: string) => (email.value = typed) }), [
          [vModelText, email.value],
        ]),
    }).mount(app());

    restore();
    await nextTick();

    expect([field('input').value, email.value]).toEqual(['ana@example.test', 'ana@example.test']);
  });

  it('is said to the page once for each field that was changed, and for no other', () => {
    app().innerHTML = `
      <input name="untouched" value="1"><input name="quantity" value="1">
      <input type="radio" name="color" value="black" checked><input type="radio" name="color" value="cream">
      <input type="checkbox" name="terms">
      <select><option>newest</option><option>cheapest</option></select>`;
    field('[name=quantity]').value = '2';
    field('[value=cream]').checked = true;
    field('[name=terms]').checked = true;
    field<HTMLSelectElement>('select').selectedIndex = 1;
    const restore = keepEarlyInput(app());
    field('[name=quantity]').value = '1';
    field('[value=black]').checked = true;
    const said: string[] = [];
    app().addEventListener('change', ({ target }) => {
      const { name, value } = target as HTMLInputElement;
      said.push(`${name} ${value}`);
    });

    restore();

    expect(said).toEqual(['quantity 2', 'color cream', 'terms on', ' cheapest']);
  });

  it('is the option that was chosen, wherever it stands by now; one that is gone is not chosen', () => {
    app().innerHTML =
      '<select name="sort"><option>newest</option><option>cheapest</option></select><select name="size"><option>S</option><option>M</option></select>';
    const [sort, size] = [field<HTMLSelectElement>('[name=sort]'), field<HTMLSelectElement>('[name=size]')];
    [sort.value, size.value] = ['cheapest', 'M'];
    const restore = keepEarlyInput(app());
    sort.innerHTML = '<option>relevant</option><option>newest</option><option>cheapest</option>';
    size.innerHTML = '<option>S</option><option>L</option>';

    restore();

    expect([sort.value, size.value]).toEqual(['cheapest', 'S']);
  });

  it('is given up with a field that this visitor is not shown', () => {
    app().innerHTML = '<input value="">';
    const gone = field('input');
    gone.value = 'typed';
    const restore = keepEarlyInput(app());
    app().innerHTML = '';
    let said = 0;
    gone.addEventListener('input', () => said++);

    restore();

    expect(said).toBe(0);
  });
});
