import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { errorsOf } from '../app/user-errors';
import type { UserError } from '../app/user-errors';
import { ImportCreateDocument, ImportTypeDocument } from '../generated/imports/graphql';
import type { ImportKind } from '../generated/imports/graphql';
import { useLastData } from '../ui/useLastData';
import { sendFile } from './send-file';

/** What an import takes, and the sending of a file for it. */
export function useImportStart(kind: () => ImportKind) {
  const { client } = useClientHandle();
  const query = useQuery({ query: ImportTypeDocument, variables: computed(() => ({ kind: kind() })) });
  const { kept, loading, failed } = useLastData(query);
  /** The name of the file that is on its way, and how much of it has arrived; null while there is none. */
  const sending = ref<{ name: string; share: number } | null>(null);

  /** The id of the import whose file has arrived, or what is wrong with it. One is sent at a time. */
  async function send(file: Blob, filename: string): Promise<{ id: string } | UserError> {
    if (sending.value) return { code: 'BUSY' };
    sending.value = { name: filename, share: 0 };
    const sent = await sendOne(file, filename);
    sending.value = null;
    return sent;
  }

  async function sendOne(file: Blob, filename: string): Promise<{ id: string } | UserError> {
    const result = await client.mutation(ImportCreateDocument, {
      input: { kind: kind(), filename: filename.slice(-255), size: file.size },
    });
    const [first] = errorsOf(result, result.data?.importCreate.errors);
    const { import: run, upload } = result.data?.importCreate ?? {};
    if (first || !run || !upload) return first ?? { code: 'INTERNAL' };
    const code = await sendFile(upload, file, (share) => {
      if (sending.value) sending.value = { name: filename, share };
    });
    return code === null ? { id: run.id } : { code };
  }

  const reload = (): void => void query.executeQuery({ requestPolicy: 'network-only' });
  const type = computed(() => kept.value?.importType ?? null);
  return { type, loading, failed, reload, sending, send };
}
