/** The font reader of pdfkit, which brings no types. */
declare module 'fontkit' {
  /** @throws TypeError when the file's character table is read and has a format that fontkit does not know */
  export function create(bytes: Buffer): { readonly characterSet: readonly number[] };
}
