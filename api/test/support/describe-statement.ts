import type pg from 'pg';

/** What PostgreSQL knows of a statement before it runs: the types (`pg_type.oid`) of its parameters and columns. */
export interface Description {
  readonly parameters: readonly number[];
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

interface Connection {
  parse(query: { text: string; name: string }): void;
  describe(what: { type: 'S'; name: string }): void;
  sync(): void;
  on(event: 'parameterDescription', heard: (message: { dataTypeIDs: number[] }) => void): void;
  off(event: 'parameterDescription', heard: (message: { dataTypeIDs: number[] }) => void): void;
}

/** Has the server parse and describe a statement, which runs nothing. @throws Error of PostgreSQL if it cannot */
export function describeStatement(client: pg.Client, text: string): Promise<Description> {
  return new Promise((resolve, reject) => {
    const description = { parameters: [] as number[], columns: [] as { name: string; type: number }[] };
    const heard = ({ dataTypeIDs }: { dataTypeIDs: number[] }): void => {
      description.parameters = dataTypeIDs;
    };
    const query = {
      submit(connection: Connection) {
        connection.on('parameterDescription', heard);
        connection.parse({ text, name: '' });
        connection.describe({ type: 'S', name: '' });
        connection.sync();
      },
      handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }) {
        description.columns = fields.map(({ name, dataTypeID: type }) => ({ name, type }));
      },
      // After an error the client does not tell the query that the server is ready.
      handleError(error: Error, connection: Connection) {
        connection.off('parameterDescription', heard);
        reject(error);
      },
      handleReadyForQuery(connection: Connection) {
        connection.off('parameterDescription', heard);
        resolve(description);
      },
    };
    client.query(query as unknown as pg.Submittable);
  });
}
