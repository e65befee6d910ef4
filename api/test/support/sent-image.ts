import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';

/** An uploaded image that is used by nothing yet and like no other; returns the upload's id. */
export async function sentImage(
  fixtures: Pick<Fixtures, 'staff' | 'shop'>,
  opening: 'uploadCreate' | 'mediaUploadCreate' = 'uploadCreate',
): Promise<string> {
  const content = await sharp(randomBytes(3 * 64 * 64), { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
  return sentFile(fixtures, { content, type: 'image/png', name: 'p.png' }, opening);
}

/** An uploaded file that is used by nothing yet; returns the upload's id. */
export async function sentFile(
  { staff, shop }: Pick<Fixtures, 'staff' | 'shop'>,
  { content, type, name }: { readonly content: Buffer; readonly type: string; readonly name: string },
  opening: 'uploadCreate' | 'mediaUploadCreate' = 'mediaUploadCreate',
): Promise<string> {
  const open = `mutation($input: UploadCreateInput!) { ${opening}(input: $input) { upload { id url method } } }`;
  const input = { filename: name, contentType: type, size: content.length };
  const { upload } = (await staff.ask(open, { input }))[opening];
  await fetch(new URL(upload.url, shop.url), {
    method: upload.method,
    headers: { 'content-type': type },
    body: new Uint8Array(content),
  });
  return upload.id;
}
