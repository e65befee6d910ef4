import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useForm } from '../ui/forms/useForm';
import { hasLostLine, isChanged, orderEditForm, takeOff, takesUnitsOff } from './order-edit-form';
import type { EditValues } from './order-edit-form';
import { addVariant, shownLines } from './order-lines';
import type { LinesState, ShownLine, ShownVariant } from './order-lines';
import { useEditableOrder } from './useEditableOrder';

/** The form of an order edit: the lines as they shall be, and the difference they make. */
export function useOrderEdit(id: () => string) {
  const router = useRouter();
  const { order, readAgain, ...reading } = useEditableOrder(id);
  const stored = () => order.value ?? undefined;
  const form = useForm(orderEditForm, stored, readAgain);
  const values = computed(() => form.draft.value as EditValues | undefined);
  const lines = computed(() => (values.value ? shownLines(values.value, stored()) : []));

  /** What was sent and not answered can be sent again, although it may itself be why the order cannot be edited now. */
  const isClosed = computed(
    () => !form.isAgain.value && (!order.value?.staffActions?.includes('EDIT') || hasLostLine(order.value)),
  );
  /** Whether stock takes units back is no change by itself. */
  const dirty = computed(() => form.isAgain.value || (form.dirty.value && isChanged(lines.value)));

  function take(next: LinesState): void {
    if (values.value) Object.assign(values.value, next);
  }
  function set({ variantId }: ShownLine, quantity: number): void {
    const line = values.value?.lines.find((wanted) => wanted.id === variantId);
    if (line) line.quantity = quantity;
  }
  async function save(): Promise<void> {
    if (await form.submit()) await router.replace({ name: 'order', params: { id: id() } });
  }

  return {
    ...reading,
    order,
    form,
    values,
    lines,
    dirty,
    isClosed,
    mayRestock: computed(() => takesUnitsOff(lines.value)),
    add: (found: ShownVariant) => values.value && take(addVariant(values.value, found)),
    remove: (line: ShownLine) => values.value && take(takeOff(values.value, line)),
    set,
    save,
  };
}
