import { Unreadable, type TextEncoding } from './table.js';

const MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Bytes that are letters of Romanian or of its neighbours in windows-1250, and signs that nobody writes in windows-1252. */
const OF_1250 = new Set([0xe3, 0xc3, 0xba, 0xaa, 0xfe, 0xde]);
/** Bytes that are letters of French in windows-1252, and of no language of this shop in windows-1250. */
const OF_1252 = new Set([0xe8, 0xc8, 0xea, 0xca, 0xe0, 0xc0, 0xf9, 0xd9, 0xfb, 0xdb, 0x9c, 0x8c]);

/** A text of these bytes, in the encoding that is requested or found. @throws Unreadable for bytes that are no text */
export function decodeText(
  bytes: Uint8Array,
  requested: TextEncoding | null,
): { readonly text: string; readonly encoding: TextEncoding } {
  const encoding = requested ?? encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  // A zero in a text of one byte for each letter: this is a image, a document or a program.
  if (!requested && text.includes('\0')) throw new Unreadable('FILE_UNREADABLE');
  return { text, encoding };
}

function encodingOf(bytes: Uint8Array): TextEncoding {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  const wide = wideEncodingOf(bytes);
  if (wide) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return narrowEncodingOf(bytes);
  }
}

/** UTF-16 without a mark: of Latin letters every second byte is zero. */
function wideEncodingOf(bytes: Uint8Array): TextEncoding | null {
  const sample = bytes.subarray(0, 4_000);
  const zeros = [0, 0];
  sample.forEach((byte, at) => byte === 0 && zeros[at % 2]!++);
  const many = sample.length * 0.3;
  if (zeros[1]! > many && zeros[0]! < many / 10) return 'utf-16le';
  if (zeros[0]! > many && zeros[1]! < many / 10) return 'utf-16be';
  return null;
}

/** Which of the two one-byte encodings of Europe has more letters that people here write. */
function narrowEncodingOf(bytes: Uint8Array): TextEncoding {
  let [central, western] = [0, 0];
  for (const byte of bytes) {
    if (OF_1250.has(byte)) central++;
    else if (OF_1252.has(byte)) western++;
  }
  return central > western ? 'windows-1250' : 'windows-1252';
}
