import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, nextTick, ref } from 'vue';
import { i18n } from '../../app/i18n';
import type { EditedProduct } from '../useProductEditor';
import { useProductImages } from './useProductImages';

interface Notice {
  readonly id: number;
  readonly open: boolean;
  readonly actions: readonly { readonly onClick: () => void }[];
}
/** The notices of the admin: shown a moment after they were added, closed before they are gone. */
const notices = ref<Notice[]>([]);
let made = 0;
function add(notice: Partial<Notice>): Notice {
  const added = { actions: [], ...notice, open: true, id: ++made };
  void nextTick(() => (notices.value = [...notices.value, added]));
  return added;
}
const close = (id: number | undefined): void =>
  void (notices.value = notices.value.map((one) => (one.id === id ? { ...one, open: false } : one)));

/** a product with two images, and how often the API was asked to delete one. */
function imagesOfProduct() {
  const deleted: string[] = [];
  const images = ref(['img_1', 'img_2'].map((id) => ({ id, alt: '', status: 'READY' })));
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { variables } = JSON.parse(String(init?.body)) as { variables: { input: { imageId: string } } };
    deleted.push(variables.input.imageId);
    images.value = images.value.filter(({ id }) => id !== variables.input.imageId);
    const data = { productImageDelete: { __typename: 'ProductPayload', errors: [] } };
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({
    url: 'http://shop.test/graphql',
    fetch,
    preferGetMethod: false,
    exchanges: [fetchExchange],
  });
  let used: ReturnType<typeof useProductImages> | undefined;
  const page = mount(
    defineComponent({
      setup() {
        used = useProductImages(
          () => ({ id: 'prod_1', images: images.value }) as unknown as EditedProduct,
          () => Promise.resolve(),
        );
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!used) throw new Error('not mounted');
  const remove = async (): Promise<void> => {
    const [first] = used?.images.value ?? [];
    if (first) used?.remove(first);
    await vi.waitFor(() => expect(notices.value).toHaveLength(1));
  };
  return { ...used, remove, deleted, page, shown: () => used?.images.value.map(({ id }) => id) };
}

describe('an image that is deleted', () => {
  beforeEach(() => {
    notices.value = [];
    vi.stubGlobal('useToast', () => ({ toasts: notices, add }));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('can be brought back for as long as the notice offers it, however long that is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { remove, shown, deleted, page } = imagesOfProduct();
    await remove();
    expect(shown()).toEqual(['img_2']);

    // Somebody reads it: it stays. Another notice changes nothing.
    await vi.advanceTimersByTimeAsync(3_600_000);
    add({});
    await nextTick();
    await nextTick();
    expect(deleted).toEqual([]);
    notices.value[0]?.actions[0]?.onClick();
    close(notices.value[0]?.id);
    await nextTick();

    expect(shown()).toEqual(['img_1', 'img_2']);
    page.unmount();
    vi.useRealTimers();
    expect(deleted).toEqual([]);
  });

  it.each([
    ['is closed', (): void => close(notices.value[0]?.id)],
    ['gives way to newer ones', (): void => void (notices.value = [])],
  ])('is deleted once when its notice %s', async (_how, go) => {
    const { remove, shown, deleted, page } = imagesOfProduct();
    await remove();

    go();
    await vi.waitFor(() => expect(deleted).toEqual(['img_1']));
    notices.value = [];
    await nextTick();

    expect(shown()).toEqual(['img_2']);
    page.unmount();
    expect(deleted).toEqual(['img_1']);
  });

  it('is deleted when the page is left before', async () => {
    const { remove, deleted, page } = imagesOfProduct();
    await remove();

    page.unmount();

    await vi.waitFor(() => expect(deleted).toEqual(['img_1']));
  });
});
