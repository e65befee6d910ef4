/*
 * How much a buyer may send with a return, for the API and for the forms of clients. This file imports nothing, so that
 * a browser can use it.
 */

/** Characters of the buyer's comment. */
export const LONGEST_COMMENT = 2_000;

/** Photos of one return. */
export const MOST_PHOTOS = 6;

/** Bytes of one photo: 8 MB. */
export const MOST_PHOTO_BYTES = 8 * 1024 * 1024;
