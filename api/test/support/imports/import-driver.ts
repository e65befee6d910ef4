import { randomUUID } from 'node:crypto';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';

const IMPORT = `id status version filename format encoding separator decimalSign sheets sheet headerLine header rowCount
  mapping { column source value } preview { line cells } newRows changedRows unchangedRows wrongRows repeatedRows amount appliedRows
  refusedRows rowErrors { line column code value } errorsUrl reportUrl isMine createdByName createdAt expiresAt sameFileReceivedAt
  checkJob { id status done total errorCount } applyJob { id status done total canCancel errorCount }`;
const ERRORS = 'errors { code path message }';

/** Imports of one member of staff through the API. */
export class ImportDriver {
  constructor(
    private readonly shop: TestShop,
    readonly staff: GraphqlClient,
    private readonly kind = 'STOCK_RECEIVE',
  ) {}

  /** Opens an import, sends the file and returns the import. @throws Error with the code of a refused file */
  async send(content: string | Buffer, filename = 'delivery.csv'): Promise<Answer> {
    const { import: opened, upload } = await this.open(content, filename);
    const sent = await this.put(upload.url, content);
    if (sent.status !== 204) throw new Error(((await sent.json()) as { code: string }).code);
    return this.look(opened.id);
  }

  async open(content: string | Buffer, filename = 'delivery.csv'): Promise<Answer> {
    const input = { kind: this.kind, filename, size: Buffer.byteLength(content) };
    return (
      await this.staff.ask(
        `mutation($input: ImportCreateInput!) { importCreate(input: $input) { import { id status } upload { url } ${ERRORS} } }`,
        { input },
      )
    ).importCreate;
  }

  put(url: string, content: string | Buffer): Promise<Response> {
    return fetch(this.shop.url + url, { method: 'PUT', body: new Uint8Array(Buffer.from(content)) });
  }

  async look(id: string): Promise<Answer> {
    return (await this.staff.ask(`query($id: ID!) { import(id: $id) { ${IMPORT} } }`, { id })).import;
  }

  update({ id, version }: Answer, changes: object): Promise<Answer> {
    return this.step('importUpdate', 'ImportUpdateInput', {
      importId: id,
      expectedVersion: version,
      ...changes,
    });
  }

  check({ id, version }: Answer, key: string = randomUUID()): Promise<Answer> {
    return this.step('importCheck', 'ImportCheckInput', {
      importId: id,
      expectedVersion: version,
      idempotencyKey: key,
    });
  }

  apply({ id, version }: Answer, key: string = randomUUID()): Promise<Answer> {
    return this.step('importApply', 'ImportApplyInput', {
      importId: id,
      expectedVersion: version,
      idempotencyKey: key,
    });
  }

  /** Sends a file and waits until its rows are checked. */
  async checked(content: string | Buffer, filename?: string): Promise<Answer> {
    return this.checkedAgain(await this.send(content, filename));
  }

  async checkedAgain(run: Answer): Promise<Answer> {
    const { errors } = await this.check(run);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return this.until(run.id, ({ status }) => status === 'CHECKED' || status === 'READY');
  }

  /** Sends a file, checks it and applies it. */
  async applied(content: string | Buffer, filename?: string): Promise<Answer> {
    const run = await this.checked(content, filename);
    const { errors } = await this.apply(run);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return this.until(run.id, ({ status }) => status === 'DONE');
  }

  until(id: string, wanted: (run: Answer) => boolean): Promise<Answer> {
    return this.shop.eventually(async () => {
      const run = await this.look(id);
      return wanted(run) && run;
    });
  }

  /** The text behind an address of a report. */
  async download(url: string): Promise<string> {
    const answer = await fetch(this.shop.url + url);
    if (answer.status !== 200) throw new Error(String(answer.status));
    // With its byte order mark, which `text()` would take away.
    return Buffer.from(await answer.arrayBuffer()).toString('utf8');
  }

  private async step(name: string, type: string, input: object): Promise<Answer> {
    const text = `mutation($input: ${type}!) { ${name}(input: $input) { import { ${IMPORT} } ${ERRORS} } }`;
    return (await this.staff.ask(text, { input }))[name];
  }
}
