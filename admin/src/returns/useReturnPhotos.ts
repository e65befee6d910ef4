import { useClientHandle } from '@urql/vue';
import { ref } from 'vue';
import { wordsFor } from '../app/error-words';
import { problemsOf } from '../app/problems';
import { ReturnPhotoRetryDocument } from '../generated/returns/graphql';
import { useLookAgain } from '../ui/useLookAgain';
import type { ReturnView } from './useReturn';

/** The buyer's pictures, looked at again until all of them are made, and those that failed asked for once more. */
export function useReturnPhotos(wish: () => ReturnView, reload: () => Promise<void>) {
  const handle = useClientHandle();
  const problem = ref('');
  useLookAgain(() => wish().photos.some(({ status }) => status === 'PROCESSING'), reload);

  async function retry(photoId: string): Promise<void> {
    const result = await handle.client.mutation(ReturnPhotoRetryDocument, { input: { photoId } });
    const refusal = problemsOf(result, result.data?.returnPhotoRetry.errors)[0];
    problem.value = refusal ? wordsFor(refusal) : '';
    await reload();
  }

  return { problem, retry };
}
