/** The font reader of pdfkit, which brings no types. */
declare module 'fontkit' {
  /** @throws TypeError when the file's table of letters is read and is of a kind that fontkit does not know */
  export function create(bytes: Buffer): { readonly characterSet: readonly number[] };
}
