import { MOST_PHOTOS } from '@vitrine/api/return-limits';
import { beforeEach, expect, it, vi } from 'vitest';
import { withShop, type Answer } from '../../app/testing';
import type { sendFile } from './send-file';
import { usePhotos } from './usePhotos';

beforeEach(() => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() }));
});

let uploads = 0;
const opened = (): Answer => ({
  data: {
    returnPhotoUploadCreate: {
      __typename: 'UploadPayload',
      upload: {
        __typename: 'Upload',
        id: `upl_${++uploads}`,
        url: '/uploads/x',
        method: 'PUT',
        headers: [],
      },
      errors: [],
    },
  },
});

function image(name: string, type = 'image/jpeg', size = 3): File {
  const file = new File(['abc'], name, { type });
  Object.defineProperty(file, 'size', { value: size });
  return file;
}

function picker(send: typeof sendFile, script: () => Answer = opened) {
  return withShop(script, () => usePhotos({ orderToken: 'tok' }, send));
}

it('shows an image while it is being sent, how far it is, and that it is there', async () => {
  let arrive: () => void = () => undefined;
  const { result } = picker((_place, _file, { progress }) => {
    progress(0.5);
    return new Promise((resolve) => (arrive = resolve));
  });

  const adding = result.add([image('spart.jpg')]);
  await vi.waitFor(() => expect(result.photos[0]?.progress).toBe(0.5), { timeout: 30_000 });
  expect(result.isSending.value).toBe(true);
  arrive();
  await adding;

  expect(result.photos[0]).toMatchObject({ name: 'spart.jpg', preview: 'blob:x' });
  expect(result.photos[0]?.id).toMatch(/^upl_/);
  expect(result.isSending.value).toBe(false);
});

it('refuses what is no image or too large, in words, before anything is sent', async () => {
  const { result, asked } = picker(async () => undefined);

  await result.add([image('a.pdf', 'application/pdf'), image('b.jpg', 'image/jpeg', 9 * 1024 * 1024)]);

  expect(result.photos).toHaveLength(0);
  expect(asked).toHaveLength(0);
  expect(result.problems.value).toHaveLength(2);
});

it('takes no more images than a return may carry', async () => {
  const { result } = picker(async () => undefined);

  await result.add(Array.from({ length: MOST_PHOTOS + 2 }, (_, i) => image(`${i}.jpg`)));

  expect(result.photos).toHaveLength(MOST_PHOTOS);
  expect(result.problems.value).toHaveLength(2);
});

it('drops an image that could not be sent and says which', async () => {
  const { result } = picker(() => Promise.reject(new Error('the line broke')));

  await result.add([image('spart.jpg')]);

  expect(result.photos).toHaveLength(0);
  expect(result.problems.value[0]).toContain('spart.jpg');
});

it('gives up sending an image that was taken out again, without a word', async () => {
  const { result } = picker(
    (_place, _file, { aborted }) =>
      new Promise((_resolve, reject) => aborted.addEventListener('abort', () => reject(new Error('gone')))),
  );

  const adding = result.add([image('spart.jpg')]);
  await vi.waitFor(() => expect(result.photos).toHaveLength(1), { timeout: 30_000 });
  // The upload URL is requested first.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [photo] = result.photos;
  if (photo) result.remove(photo);
  await adding;

  expect(result.photos).toHaveLength(0);
  expect(result.problems.value).toEqual([]);
});
