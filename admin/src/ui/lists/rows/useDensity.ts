import { lasting } from '@vitrine/client/storage';
import { computed, ref } from 'vue';

const STORED = 'vitrine-admin-density';

/** One choice for every list: who wants more rows in sight wants them everywhere. */
const isDense = ref(lasting.get(STORED) === 'dense');

/** How close the rows of lists stand, kept in this browser. */
export function useDensity() {
  return {
    isDense: computed(() => isDense.value),
    toggle: (): void => {
      isDense.value = !isDense.value;
      lasting.set(STORED, isDense.value ? 'dense' : 'normal');
    },
  };
}
