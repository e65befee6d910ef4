import { useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { DeliveryDocument } from '../../generated/settings/graphql';
import type { DeliveryQuery, ShippingMethodRowFragment } from '../../generated/settings/graphql';
import type { FilledField } from '../../described-fields/described-field';
import { useLastData } from '../../ui/useLastData';

export type DeliveryMethod = ShippingMethodRowFragment;
export type DeliveryRate = DeliveryQuery['shippingRates'][number];

/** The ways of delivery, and the rules by which their prices can be computed. */
export function useDelivery() {
  const query = useQuery({ query: DeliveryDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const { kept, loading, failed } = useLastData(query);
  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }
  return {
    methods: computed(() => kept.value?.shippingMethods ?? []),
    rates: computed(() => kept.value?.shippingRates ?? []),
    ...{ loading, failed, reload },
  };
}

/** The arguments of a rule with the values that a method has; those of another rule begin with their defaults. */
export function filledArguments(rate: DeliveryRate, method: DeliveryMethod): FilledField[] {
  const values = new Map(method.arguments.map(({ name, value }) => [name, value]));
  const isChosen = rate.code === method.rateCode;
  return rate.arguments.map((description) => ({
    description,
    value: isChosen ? values.get(description.name) : (description.defaultValue ?? null),
  }));
}
