import { MOST_PHOTO_BYTES, MOST_PHOTOS } from '@vitrine/api/return-limits';
import { useMutation } from '@urql/vue';
import { computed, onBeforeUnmount, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useErrorMessages } from '../../app/messages/error-messages';
import { useI18n } from '../../app/messages/i18n';
import { ReturnPhotoUploadCreateDocument } from '../../generated/orders/graphql';
import type { OrderHandle } from '../order-view';
import { sendFile } from './send-file';

export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

export interface Photo {
  readonly key: number;
  readonly name: string;
  /** The object URL of the local file. */
  readonly preview: string;
  /** Upload progress from 0 to 1. */
  progress: number;
  /** The id for the return request; null during the upload. */
  id: string | null;
}

export interface Photos {
  photos: Photo[];
  problems: Ref<string[]>;
  isSending: ComputedRef<boolean>;
  add: (files: Iterable<File>) => Promise<void>;
  remove: (photo: Photo) => void;
}

/** Photos of the defects: shown at once, uploaded while the customer fills in the form. */
export function usePhotos(handle: OrderHandle, send: typeof sendFile = sendFile): Photos {
  const { t } = useI18n();
  const errorMessages = useErrorMessages();
  const { executeMutation } = useMutation(ReturnPhotoUploadCreateDocument);
  const photos = reactive<Photo[]>([]);
  const problems = ref<string[]>([]);
  const sendings = new Map<number, AbortController>();
  let keys = 0;

  async function add(files: Iterable<File>): Promise<void> {
    problems.value = [];
    const taken: Promise<void>[] = [];
    for (const file of files) {
      const userError = userErrorOf(file);
      if (userError) problems.value.push(userError);
      else taken.push(upload(file));
    }
    await Promise.all(taken);
  }

  function userErrorOf({ name, type, size }: File): string | null {
    if (!PHOTO_TYPES.includes(type)) return t('return.photoType', { name });
    if (size > MOST_PHOTO_BYTES) return t('return.photoLarge', { name });
    return photos.length >= MOST_PHOTOS ? t('return.photoMany', MOST_PHOTOS) : null;
  }

  async function upload(file: File): Promise<void> {
    const preview = URL.createObjectURL(file);
    photos.push({ key: ++keys, name: file.name, preview, progress: 0, id: null });
    // The reactive object from the list, because changes of the original would not be tracked.
    const photo = photos[photos.length - 1] as Photo;
    const sending = new AbortController();
    sendings.set(photo.key, sending);
    try {
      photo.id = await deliver(file, photo, sending.signal);
    } catch (failure) {
      if (!sending.signal.aborted) {
        const reason = failure instanceof UploadRefused ? failure.message : null;
        problems.value.push(reason ?? t('return.photoFailed', { name: file.name }));
        remove(photo);
      }
    }
  }

  async function deliver(file: File, photo: Photo, aborted: AbortSignal): Promise<string> {
    const { name: filename, type: contentType, size } = file;
    const { data, error } = await executeMutation({ input: { ...handle, filename, contentType, size } });
    const place = data?.returnPhotoUploadCreate.upload;
    if (!place)
      throw new UploadRefused(errorMessages.ofOutcome(data?.returnPhotoUploadCreate.errors, error)[0]);
    await send(place, file, { progress: (part) => (photo.progress = part), aborted });
    return place.id;
  }

  function remove(photo: Photo): void {
    sendings.get(photo.key)?.abort();
    sendings.delete(photo.key);
    URL.revokeObjectURL(photo.preview);
    const place = photos.findIndex(({ key }) => key === photo.key);
    if (place >= 0) photos.splice(place, 1);
  }

  onBeforeUnmount(() => [...photos].forEach(remove));

  return { photos, problems, isSending: computed(() => photos.some(({ id }) => id === null)), add, remove };
}

/** An error with the translated message of the API's error code. */
class UploadRefused extends Error {}
