import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { ReturnPhotoRetryDocument } from '../generated/returns/graphql';
import { usePolling } from '../ui/usePolling';
import type { ReturnView } from './useReturn';

/** The buyer's photos, polled until all sizes are made, with a retry for those that failed. */
export function useReturnPhotos(requested: () => ReturnView, reload: () => Promise<void>) {
  const handle = useClientHandle();
  const problem = ref('');
  usePolling(() => requested().photos.some(({ status }) => status === 'PROCESSING'), reload);

  async function retry(photoId: string): Promise<void> {
    const result = await handle.client.mutation(ReturnPhotoRetryDocument, { input: { photoId } });
    const userError = errorsOf(result, result.data?.returnPhotoRetry.errors)[0];
    problem.value = userError ? messagesFor(userError) : '';
    await reload();
  }

  return { problem, retry };
}
