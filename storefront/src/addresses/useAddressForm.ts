import { watch, type ComputedRef } from 'vue';
import { addressSchema, type AddressFields, type AddressNeeds } from '../app/forms/address-form';
import { useForm, type Form, type FormOptions, type FormError } from '../app/forms/use-form';
import { useAddressFormat, type AddressFormat } from './useAddressFormat';

export interface AddressForm extends Form<AddressFields> {
  format: ComputedRef<AddressFormat | null>;
}

/** An address form with the fields that its country requires according to the API. */
export function useAddressForm(
  initial: AddressFields,
  deliver: (fields: AddressFields) => Promise<FormError[]>,
  options: FormOptions & { needsPhone?: () => boolean } = {},
): AddressForm {
  let needs = (): AddressNeeds => ({
    postalCodeRequired: false,
    regionRequired: false,
    phoneRequired: false,
  });
  const schema = addressSchema(() => needs());
  const form: Form<AddressFields> = useForm(schema, initial, () => deliver({ ...form.values }), options);
  const format = useAddressFormat(() => form.values.countryCode);
  needs = () => ({
    postalCodeRequired: format.value?.postalCodeRequired ?? false,
    regionRequired: format.value?.regionRequired ?? false,
    phoneRequired: options.needsPhone?.() ?? false,
  });
  // Clears region and town when the country changes, because they belong to one country.
  watch(
    () => form.values.countryCode,
    () => (form.values.region = ''),
  );
  watch(
    () => form.values.region,
    () => {
      if (/^SECTOR\d$/.test(form.values.city) && form.values.region !== 'RO-B') form.values.city = '';
    },
  );
  return { ...form, format };
}
