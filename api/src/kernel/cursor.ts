import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidInputError } from './errors.js';
/** The position where a page begins: sort value and id of the last row seen. */
export interface Cursor {
  readonly value: string | number | null;
  readonly id: string;
}

/**
 * Keyset cursors, signed so that clients cannot make the database compare against values of their own. The signature
 * includes the sort's name: a cursor of one sort is refused in another.
 */
export class CursorCodec {
  constructor(private readonly secret: string) {}

  encode(sort: string, cursor: Cursor): string {
    const body = Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url');
    return `${body}.${this.sign(sort, body)}`;
  }

  /** @throws InvalidInputError for a cursor with an invalid signature or of another sort */
  decode(sort: string, text: string): Cursor {
    const [body = '', signature = ''] = text.split('.');
    const given = Buffer.from(signature);
    const expected = Buffer.from(this.sign(sort, body));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new InvalidInputError('This cursor does not belong to this list and sort order.', ['after']);
    }
    const [value, id] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [Cursor['value'], string];
    return { value, id };
  }

  private sign(sort: string, body: string): string {
    return createHmac('sha256', this.secret)
      .update(`cursor:${sort}:${body}`)
      .digest('base64url')
      .slice(0, 16);
  }
}
