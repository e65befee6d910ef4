import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import { useLastData } from './useLastData';

describe('a page whose server went away', () => {
  it('keeps what it showed, so that a form with unsaved work stays', async () => {
    const query = {
      data: ref<{ name: string } | undefined>({ name: 'Cană' }),
      error: ref<CombinedError>(),
      fetching: ref(false),
    };
    const { kept, failed, loading } = useLastData(query);

    query.data.value = undefined;
    query.error.value = new CombinedError({ networkError: new Error('gone') });

    await nextTick();
    expect(kept.value).toEqual({ name: 'Cană' });
    expect(failed.value).toBe(false);
    expect(loading.value).toBe(false);
  });

  it('is not emptied by an answer that came without a session', async () => {
    const query = {
      data: ref<{ product: object | null } | undefined>({ product: {} }),
      error: ref<CombinedError>(),
      fetching: ref(false),
    };
    const { kept } = useLastData(query);

    query.data.value = { product: null };
    query.error.value = new CombinedError({ graphQLErrors: ['Sign in.'] });
    await nextTick();

    expect(kept.value).toEqual({ product: {} });
  });

  it('says so when nothing was ever read', () => {
    const error = ref(new CombinedError({ networkError: new Error('gone') }));
    const fetching = ref(true);
    const { failed, loading } = useLastData({ data: ref(undefined), error, fetching });

    expect(loading.value).toBe(true);
    fetching.value = false;
    expect(failed.value).toBe(true);
  });
});
