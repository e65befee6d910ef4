import { useClientHandle, useQuery } from '@urql/vue';
import { computed, nextTick, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { onVersion } from '../../app/seen-version';
import { useIntent, type Answer } from '../../app/useIntent';
import {
  PagePreviewLinkDocument,
  PageUnscheduleDocument,
  PageUpdateDocument,
  StaffPageDocument,
} from '../../generated/content/graphql';
import type { PageBlockInput, PageBlockType } from '../../generated/content/graphql';
import { useLastData } from '../../ui/useLastData';
import { PAGE_CONTEXT } from './block-form';
import { blocksOf, withMoved, withNewBlock } from './page-blocks';

/** A page with its blocks, and what is done with them at once: adding, moving, hiding, taking out. */
export function usePageEditor(id: () => string) {
  const { t, n } = useI18n();
  const { client } = useClientHandle();
  const query = useQuery({
    query: StaffPageDocument,
    variables: () => ({ id: id() }),
    requestPolicy: 'cache-and-network',
    context: { additionalTypenames: ['Page'] },
  });
  const { kept, loading, failed } = useLastData(query);
  const page = computed(() => (kept.value?.staffPage?.id === id() ? kept.value.staffPage : undefined));
  const blocks = computed(() => page.value?.draft?.blocks ?? []);
  const intent = useIntent();
  /** What was done last, for who cannot see it. */
  const announcement = ref('');

  async function reload(): Promise<void> {
    await query.executeQuery({ requestPolicy: 'network-only' });
    await nextTick();
  }

  async function send(request: () => Promise<Answer>): Promise<boolean> {
    const isDone = await intent.send(request, '');
    await reload();
    return isDone;
  }

  function save(written: PageBlockInput[] | null): Promise<boolean> {
    const now = page.value;
    if (!now || !written) return Promise.resolve(false);
    return send(() =>
      onVersion(now.version, async (expectedVersion) => {
        const input = { pageId: now.id, expectedVersion, blocks: written };
        const result = await client.mutation(PageUpdateDocument, { input }, PAGE_CONTEXT);
        return { result, userErrors: result.data?.pageUpdate.errors };
      }),
    );
  }

  /** The key of the new block; null when it was not added. */
  async function add(type: Exclude<PageBlockType, 'UNKNOWN'>): Promise<string | null> {
    const key = crypto.randomUUID();
    const isAdded = page.value ? await save(withNewBlock(page.value, type, key)) : false;
    return isAdded ? key : null;
  }

  async function moveBlock(key: string, by: number): Promise<void> {
    const written = page.value ? withMoved(page.value, key, by) : null;
    if (!written) return void (announcement.value = t('pages.noPlace'));
    if (!(await save(written))) return;
    const at = blocks.value.findIndex((block) => block.key === key);
    const [position, count] = [n(at + 1), n(blocks.value.length)];
    announcement.value = t('pages.movedTo', { position, count });
    document.getElementById(rowId(key))?.focus();
  }

  const change = (key: string, changed: Partial<PageBlockInput>): Promise<boolean> =>
    save(
      page.value
        ? blocksOf(page.value).map((block) => (block.key === key ? { ...block, ...changed } : block))
        : null,
    );
  const remove = (key: string): Promise<boolean> =>
    save(page.value ? blocksOf(page.value).filter((block) => block.key !== key) : null);

  function unschedule(): Promise<boolean> {
    const now = page.value;
    if (!now) return Promise.resolve(false);
    return send(() =>
      onVersion(now.version, async (expectedVersion) => {
        const input = { pageId: now.id, expectedVersion };
        const result = await client.mutation(PageUnscheduleDocument, { input }, PAGE_CONTEXT);
        return { result, userErrors: result.data?.pageUnschedule.errors };
      }),
    );
  }

  /** Somebody says that she has read the text that came with the program. */
  function confirmRead(): Promise<boolean> {
    const now = page.value;
    if (!now) return Promise.resolve(false);
    return send(() =>
      onVersion(now.version, async (expectedVersion) => {
        const input = { pageId: now.id, expectedVersion, isRead: true };
        const result = await client.mutation(PageUpdateDocument, { input }, PAGE_CONTEXT);
        return { result, userErrors: result.data?.pageUpdate.errors };
      }),
    );
  }

  return {
    ...{ page, blocks, loading, failed, reload, announcement },
    ...{ add, moveBlock, change, remove, unschedule, confirmRead },
    ...{ problems: intent.problems, busy: intent.busy },
  };
}

/** The address of the draft of a page; null until it is asked for. */
export function usePreviewLink(id: () => string) {
  const { client } = useClientHandle();
  const previewUrl = ref<string | null>(null);
  async function openPreview(): Promise<void> {
    const result = await client.mutation(PagePreviewLinkDocument, { input: { pageId: id() } });
    previewUrl.value = result.data?.pagePreviewLink.url ?? null;
  }
  return { previewUrl, openPreview };
}

/** The id of the element that has the focus of a block's row. */
export const rowId = (key: string): string => `block-${key}`;
