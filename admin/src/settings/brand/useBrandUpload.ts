import { useClientHandle } from '@urql/vue';
import { reactive, ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { sendBytes } from '../../media/send-bytes';
import { KINDS } from '../../catalog/images/useImageUpload';
import { UploadCreateDocument } from '../../generated/catalog/graphql';

/** By the id of an upload, the file of this computer that was sent: what is shown until the settings are saved. */
const sent = reactive<Record<string, string>>({});

/** The address that shows an image of the form: the stored one, or the file that was sent. */
export const shownImage = (value: string): string => sent[value] ?? value;

/** Sends an image, which the settings then name by the id of its upload. */
export function useBrandUpload() {
  const handle = useClientHandle();
  const problem = ref('');
  /** 0 to 1; null while nothing is being sent. */
  const progress = ref<number | null>(null);

  /** The id of the upload, or null when `problem` says why there is none. */
  async function upload(file: File): Promise<string | null> {
    problem.value = '';
    progress.value = 0;
    const id = await attempt(file);
    progress.value = null;
    return id;
  }

  async function attempt(file: File): Promise<string | null> {
    if (!KINDS.has(file.type)) return failed({ code: 'UPLOAD_INVALID' });
    const input = { filename: file.name, contentType: file.type, size: file.size };
    const created = await handle.client.mutation(UploadCreateDocument, { input });
    const refused = errorsOf(created, created.data?.uploadCreate.errors)[0];
    const target = created.data?.uploadCreate.upload;
    if (refused || !target) return failed(refused ?? { code: 'INTERNAL' });
    if (!(await sendBytes(target, file, (share) => (progress.value = share))))
      return failed({ code: 'UPLOAD_INVALID' });
    sent[target.id] = URL.createObjectURL(file);
    return target.id;
  }

  function failed(error: Parameters<typeof messagesFor>[0]): null {
    problem.value = messagesFor(error);
    return null;
  }

  return { upload, problem, progress };
}
