import { ref, watch, type Ref } from 'vue';
import { openAttempt } from './attempts';
import { usePlaceOrder } from './usePlaceOrder';
import { usePlacedPage } from './usePlacedPage';

/**
 * Opens the order whose response this tab never got. Its cart was emptied by the order, so that the checkout would
 * look as if everything were lost.
 *
 * @returns true while the order is being looked for
 */
export function useLostOrder(isCartGone: () => boolean): Ref<boolean> {
  const { resume } = usePlaceOrder();
  const openPage = usePlacedPage();
  const isLooking = ref(false);
  watch(
    isCartGone,
    async (isGone) => {
      if (!isGone || isLooking.value || !openAttempt()) return;
      isLooking.value = true;
      const found = await resume();
      if (found) openPage(found);
      else isLooking.value = false;
    },
    { immediate: true },
  );
  return isLooking;
}
