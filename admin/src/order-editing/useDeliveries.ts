import { formatMoney, type MoneyAmount } from '@vitrine/client/money';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';

interface Quote {
  readonly shippingMethodId: string;
  readonly name: string;
  readonly price: { readonly gross: MoneyAmount };
}

/** The deliveries of a draft as choices, each with its price. */
export function useDeliveries(
  offered: () => readonly Quote[],
): ComputedRef<{ value: string; label: string; description: string }[]> {
  const { locale } = useI18n();
  return computed(() =>
    offered().map(({ shippingMethodId, name, price }) => ({
      ...{ value: shippingMethodId, label: name, description: formatMoney(price.gross, locale.value) },
    })),
  );
}
