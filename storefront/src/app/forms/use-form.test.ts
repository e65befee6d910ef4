import { object } from 'valibot';
import { expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { addressFields, addressSchema } from './address-form';
import { emailAddress, requiredText } from './field-rules';
import { withShop } from '../testing';
import { useForm, type FormError } from './use-form';

const schema = object({ name: requiredText, email: emailAddress });
const filled = { name: ' Ioana ', email: 'ioana@example.com' };

function contactForm(
  initial: { name: string; email: string },
  deliver = vi.fn(async (): Promise<FormError[]> => []),
) {
  const { result } = withShop(
    () => ({}),
    () => useForm(schema, initial, deliver),
  );
  return { form: result, deliver };
}

it('says nothing about a field before the customer has pressed the button', async () => {
  const { form, deliver } = contactForm({ name: '', email: 'ioana' });
  expect(form.errors.value).toEqual({});

  await form.send();

  expect(form.errors.value).toEqual({
    name: 'Completează acest câmp.',
    email: 'Adresa de e-mail nu pare întreagă.',
  });
  expect(deliver).not.toHaveBeenCalled();
});

it('takes a word back as soon as the field is right', async () => {
  const { form } = contactForm({ name: '', email: 'ioana@example.com' });
  await form.send();
  form.values.name = 'Ioana';
  expect(form.errors.value).toEqual({});
});

it('delivers what the customer typed, without the spaces around it', async () => {
  const { form, deliver } = contactForm(filled);
  await form.send();
  expect(deliver).toHaveBeenCalledWith({ name: 'Ioana', email: 'ioana@example.com' });
});

it('puts a user error beside its field and keeps it until the field is changed', async () => {
  const { form } = contactForm(
    filled,
    vi.fn(async () => [{ message: 'Este luat.', path: ['input', 'email'] }]),
  );
  await form.send();
  expect(form.errors.value).toEqual({ email: 'Este luat.' });
  form.values.email = 'ana@example.com';
  expect(form.errors.value).toEqual({});
});

it('puts a user error without a field above the form', async () => {
  const { form } = contactForm(
    filled,
    vi.fn(async () => [{ message: 'Nu merge.', path: null }]),
  );
  await form.send();
  expect(form.problems.value).toEqual(['Nu merge.']);
});

it('sends once when the button is pressed twice', async () => {
  let finish: (userErrors: FormError[]) => void = () => undefined;
  const { form, deliver } = contactForm(
    filled,
    vi.fn(() => new Promise<FormError[]>((resolve) => (finish = resolve))),
  );
  const first = form.send();
  await form.send();
  finish([]);
  await first;
  expect(deliver).toHaveBeenCalledTimes(1);
});

it('asks for what the country needs, and leaves how it is spelt to the API', async () => {
  const fields = {
    ...addressFields(null, 'RO'),
    firstName: 'A',
    lastName: 'B',
    line1: 'C',
    city: 'D',
    postalCode: '77 1-90',
  };
  const needs = ref({ postalCodeRequired: true, regionRequired: true, phoneRequired: true });
  const { result } = withShop(
    () => ({}),
    () =>
      useForm(
        addressSchema(() => needs.value),
        fields,
        async () => [],
      ),
  );
  await result.send();
  expect(Object.keys(result.errors.value)).toEqual(['region', 'phone']);
  needs.value = { postalCodeRequired: true, regionRequired: false, phoneRequired: false };
  expect(result.errors.value).toEqual({});
});

it('shows a user error at the field of its own address, and one of another address above the form', async () => {
  const { result } = withShop(
    () => ({}),
    () =>
      useForm(
        addressSchema(() => ({ postalCodeRequired: false, regionRequired: false, phoneRequired: false })),
        { ...addressFields(null, 'RO'), firstName: 'A', lastName: 'B', line1: 'C', city: 'D' },
        async () => [
          { message: 'of the bill', path: ['billingAddress', 'postalCode'] },
          { message: 'of the delivery', path: ['shippingAddress', 'postalCode'] },
        ],
        { at: ['billingAddress'] },
      ),
  );

  await result.send();

  expect(result.errors.value).toEqual({ postalCode: 'of the bill' });
  expect(result.problems.value).toEqual(['of the delivery']);
});

it('keeps what is typed through a sign-in, until it is delivered', async () => {
  const open = () =>
    withShop(
      () => ({}),
      () => useForm(object({ email: emailAddress }), { email: '' }, async () => [], { keep: 'contact' }),
    ).result;
  const before = open();
  before.values.email = 'ana@example.test';
  await nextTick();

  const after = open();
  expect(after.values.email).toBe('ana@example.test');
  await after.send();
  expect(open().values.email).toBe('');
});
