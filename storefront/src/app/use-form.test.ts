import { object } from 'valibot';
import { expect, it, vi } from 'vitest';
import { addressFields, addressSchema } from './address-form';
import { emailAddress, requiredText } from './field-rules';
import { withShop } from './testing';
import { useForm, type Refusal } from './use-form';

const schema = object({ name: requiredText, email: emailAddress });
const filled = { name: ' Ioana ', email: 'ioana@example.com' };

function contactForm(
  initial: { name: string; email: string },
  deliver = vi.fn(async (): Promise<Refusal[]> => []),
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

it('puts a refusal beside its field and keeps it until the field is changed', async () => {
  const { form } = contactForm(
    filled,
    vi.fn(async () => [{ message: 'Este luat.', path: ['input', 'email'] }]),
  );
  await form.send();
  expect(form.errors.value).toEqual({ email: 'Este luat.' });
  form.values.email = 'ana@example.com';
  expect(form.errors.value).toEqual({});
});

it('puts a refusal without a field above the form', async () => {
  const { form } = contactForm(
    filled,
    vi.fn(async () => [{ message: 'Nu merge.', path: null }]),
  );
  await form.send();
  expect(form.problems.value).toEqual(['Nu merge.']);
});

it('sends once when the button is pressed twice', async () => {
  let finish: (refusals: Refusal[]) => void = () => undefined;
  const { form, deliver } = contactForm(
    filled,
    vi.fn(() => new Promise<Refusal[]>((resolve) => (finish = resolve))),
  );
  const first = form.send();
  await form.send();
  finish([]);
  await first;
  expect(deliver).toHaveBeenCalledTimes(1);
});

it('wants six digits of a Romanian postcode and takes a foreign one as it is', async () => {
  const fields = {
    ...addressFields(null),
    firstName: 'A',
    lastName: 'B',
    line1: 'C',
    city: 'D',
    postalCode: '75001',
  };
  const { result } = withShop(
    () => ({}),
    () => useForm(addressSchema, fields, async () => []),
  );
  await result.send();
  expect(result.errors.value).toEqual({ postalCode: 'Codul poștal are 6 cifre.' });
  result.values.countryCode = 'FR';
  expect(result.errors.value).toEqual({});
});
