import { z } from 'zod';
import type { UserError } from '../app/user-errors';
import type { ImportKind } from '../generated/imports/graphql';
import { defineForm } from '../ui/forms/define-form';

/** Rows that are pasted or scanned and not sent yet; there is no import of them before. */
interface Pasted {
  readonly id: string;
}

/**
 * Sends pasted rows as a file. Scanning them is work, so that they outlive a reload. It needs no key: a list that arrived
 * twice changes nothing before one of the two is checked and applied, and that is said then.
 *
 * @param send returns what is wrong with the file; null when it arrived
 */
export const pastedForm = (kind: ImportKind, send: (file: Blob) => Promise<UserError | null>) =>
  defineForm<Pasted, { rows: string }>({
    name: `import-pasted-${kind}`,
    titleOf: () => '',
    // The page of the import, which is opened then, says it.
    done: () => '',
    schema: () => z.object({ rows: z.string() }),
    toFields: () => ({ rows: '' }),
    fields: { rows: { label: 'imports.pasteLabel', kind: 'lines' } },
    create: async (_client, { rows }) => {
      const refused = await send(new Blob([rows]));
      return { result: {}, userErrors: refused ? [refused] : [] };
    },
  });
