import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick } from 'vue';
import { useI18n } from 'vue-i18n';
import { useIntent, type Answer } from '../app/useIntent';
import {
  AttributesReorderDocument,
  AttributeValuesReorderDocument,
  StaffAttributesDocument,
  type AttributeRowFragment,
  type ValueRowFragment,
} from '../generated/attributes/graphql';
import { useLastData } from '../ui/useLastData';
import type { Tools } from '../ui/useTools';

export type AttributeRow = AttributeRowFragment;
export type ValueRow = ValueRowFragment;

/** What is written of attributes is told to every query that read them, and products. */
export const CONTEXT = { additionalTypenames: ['ProductAttribute', 'AttributeValue', 'Product'] };

/** Kinds whose values staff keep. */
export const keepsValues = ({ kind }: Pick<AttributeRow, 'kind'>): boolean =>
  kind === 'ENUM' || kind === 'COLOR';

/** "List of values · Variant · cm". */
export const describe = ({ kind, level, unit }: AttributeRow, { t }: Pick<Tools, 't'>): string =>
  [t(`attributeKind.${kind}`), ...(level === 'VARIANT' ? [t('attributeLevel.VARIANT')] : []), unit ?? '']
    .filter(Boolean)
    .join(' · ');

/** The attributes of the shop in their order, and putting them and their values in another one. */
export function useAttributes() {
  const { t } = useI18n();
  const { client } = useClientHandle();
  const query = useQuery({
    query: StaffAttributesDocument,
    variables: {},
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: ['ProductAttribute', 'AttributeValue', 'Category'] },
  });
  const { kept, loading, failed } = useLastData(query);
  const attributes = computed(() => kept.value?.attributes ?? []);
  const intent = useIntent();

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    // Until the response has reached the page.
    await nextTick();
  }

  /** Sends another order, and puts the focus back on the button that was pressed. */
  async function order(send: () => Promise<Answer>, buttonId: string): Promise<void> {
    await intent.send(send, t('attributes.moved'));
    await reload();
    document.getElementById(buttonId)?.focus();
  }

  const orderAttributes = (attributeIds: string[], buttonId: string): Promise<void> =>
    order(async () => {
      const result = await client.mutation(AttributesReorderDocument, { input: { attributeIds } }, CONTEXT);
      return { result, userErrors: result.data?.attributesReorder.errors };
    }, buttonId);
  const orderValues = (attributeId: string, valueIds: string[], buttonId: string): Promise<void> =>
    order(async () => {
      const input = { attributeId, valueIds };
      const result = await client.mutation(AttributeValuesReorderDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.attributeValuesReorder.errors };
    }, buttonId);

  return {
    ...{ attributes, loading, failed, reload, orderAttributes, orderValues },
    categories: computed(() => kept.value?.categories ?? []),
    problems: intent.problems,
    busy: intent.busy,
  };
}
