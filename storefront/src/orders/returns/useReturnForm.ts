import { everyValueOf } from '@vitrine/client/every-value';
import { computed, nextTick, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useI18n } from '../../app/messages/i18n';
import type {
  ReturnForm_OrderFragment,
  ReturnReason,
  ReturnResolution,
} from '../../generated/orders/graphql';
import type { OrderHandle } from '../order-view';
import { chosenLines, missingIn, type LineChoice, type ReturnableLine } from './return-choice';
import { usePhotos, type Photos } from './usePhotos';
import { useReturnRequest } from './useReturns';

export const RETURN_REASONS = everyValueOf<ReturnReason>({
  DAMAGED: true,
  WRONG_ITEM: true,
  NOT_AS_DESCRIBED: true,
  DOES_NOT_FIT: true,
  CHANGED_MIND: true,
  OTHER: true,
});

export const RETURN_RESOLUTIONS = everyValueOf<ReturnResolution>({ REFUND: true, EXCHANGE: true });

export interface ReturnFormState {
  lines: ReturnableLine[];
  choices: Record<string, LineChoice>;
  reason: Ref<ReturnReason | ''>;
  resolution: Ref<ReturnResolution>;
  comment: Ref<string>;
  photos: Photos;
  /** The error messages of each field; empty until the first submission. */
  errors: ComputedRef<Record<string, string>>;
  problems: Ref<string[]>;
  sending: Ref<boolean>;
  /** Returns true when the request was accepted. */
  send: (form: HTMLElement | null) => Promise<boolean>;
}

/** The form of a return request; input is stored until it is sent. */
export function useReturnForm(order: ReturnForm_OrderFragment, handle: OrderHandle): ReturnFormState {
  const { t } = useI18n();
  const lines = order.lines.filter(({ returnableQuantity }) => returnableQuantity > 0);
  const choices = reactive<Record<string, LineChoice>>(
    Object.fromEntries(lines.map(({ id }) => [id, { quantity: 0, variantId: '' }])),
  );
  // With one unit in the order there is nothing to choose.
  const only = lines.length === 1 && lines[0]?.returnableQuantity === 1 ? choices[lines[0].id] : undefined;
  if (only) only.quantity = 1;
  const reason = ref<ReturnReason | ''>('');
  const resolution = ref<ReturnResolution>('REFUND');
  const comment = ref('');
  const photos = usePhotos(handle);
  const { request, sending, problems } = useReturnRequest(handle);
  const wasTried = ref(false);

  const missing = computed(() =>
    missingIn({
      choices,
      reason: reason.value,
      isExchange: resolution.value === 'EXCHANGE',
      isSendingPhotos: photos.isSending.value,
    }),
  );
  const errors = computed(() =>
    wasTried.value
      ? Object.fromEntries(Object.entries(missing.value).map(([field, key]) => [field, t(key)]))
      : {},
  );

  async function send(form: HTMLElement | null): Promise<boolean> {
    wasTried.value = true;
    if (Object.keys(missing.value).length > 0 || reason.value === '') {
      await nextTick();
      form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus();
      return false;
    }
    return request({
      lines: chosenLines(choices, resolution.value === 'EXCHANGE'),
      reason: reason.value,
      resolution: resolution.value,
      comment: comment.value.trim() || null,
      photoIds: photos.photos.flatMap(({ id }) => id ?? []),
    });
  }

  return { lines, choices, reason, resolution, comment, photos, errors, problems, sending, send };
}
