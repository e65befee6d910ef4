import { useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { DeliveryDocument, DeliveryGapsDocument } from '../../generated/settings/graphql';
import type {
  DeliveryQuery,
  DeliveryZoneFragment,
  ShippingMethodRowFragment,
} from '../../generated/settings/graphql';
import { useLastData } from '../../ui/useLastData';

export type DeliveryZone = DeliveryZoneFragment;
export type DeliveryMethod = ShippingMethodRowFragment;
export type DeliveryStrategy = DeliveryQuery['shippingStrategies'][number];
export type StoredRate = DeliveryMethod['rates'][number];

/** What a method costs in a zone, or is to cost there: null while it has no price. */
export interface RateOfZone {
  /** Of both: the form of one pair keeps nothing of another's. */
  readonly id: string;
  readonly method: DeliveryMethod;
  readonly zone: DeliveryZone;
  readonly version: number;
  readonly rate: StoredRate | null;
}

/** Where the shop delivers, how, and for how much. */
export function useDelivery() {
  const query = useQuery({ query: DeliveryDocument, variables: {}, requestPolicy: 'cache-and-network' });
  const coverage = useQuery({ query: DeliveryGapsDocument, variables: {}, requestPolicy: 'network-only' });
  const { kept, loading, failed } = useLastData(query);
  async function reload(): Promise<void> {
    await Promise.all([
      query.executeQuery({ requestPolicy: 'network-only' }),
      coverage.executeQuery({ requestPolicy: 'network-only' }),
    ]);
    // Until the response has reached the page.
    await nextTick();
  }
  const methods = computed(() => kept.value?.shippingMethods ?? []);
  return {
    home: computed(() => kept.value?.shop.homeCountry ?? ''),
    zones: computed(() => kept.value?.shippingZones ?? []),
    methods: computed(() => methods.value.filter(({ archivedAt }) => !archivedAt)),
    archived: computed(() => methods.value.filter(({ archivedAt }) => archivedAt)),
    strategies: computed(() => kept.value?.shippingStrategies ?? []),
    /** Where nobody can order. */
    gaps: computed(() =>
      (coverage.data.value?.deliveryCoverage ?? []).filter((place) => place.methods.length === 0),
    ),
    ...{ loading, failed, reload },
  };
}

/** A method in a zone, with its price there if it has one. */
export function rateOf(method: DeliveryMethod, zone: DeliveryZone): RateOfZone {
  return {
    id: `${method.id}.${zone.id}`,
    ...{ method, zone, version: method.version },
    rate: method.rates.find((rate) => rate.zone.id === zone.id) ?? null,
  };
}
