import { z } from 'zod';
import { ImportUpdateDocument } from '../generated/imports/graphql';
import { defineForm } from '../ui/forms/define-form';
import type { FieldDefinition } from '../ui/forms/fields/field';
import type { Tools } from '../ui/useTools';
import type { ImportTypeView, ImportView } from './import-types';
import { columnName, inputOf, NONE, rowsOf, SAME } from './mapping-draft';
import type { ColumnChoice } from './mapping-draft';

/** An import as its form knows it: a file that is read in another way has other columns, so that it is another object. */
export interface ReadImport {
  readonly id: string;
  readonly run: ImportView;
}
export function asRead(run: ImportView): ReadImport {
  const { id, sheet, headerLine, separator, encoding } = run;
  return { id: JSON.stringify([id, sheet, headerLine, separator, encoding]), run };
}

const columnOf = (run: ImportView | undefined, key: string): ImportTypeView['columns'][number] | undefined =>
  run?.type.columns.find((column) => column.key === key);

/** What a column of the import may be taken from: a column of the file, named with what stands in it, or one value for all. */
const sourcesOf = ({ t }: Tools, run: ImportView | undefined) => [
  { value: NONE, label: t('imports.notTaken') },
  ...(run?.header ?? []).map((_, at) => ({
    value: String(at),
    label: run ? columnName(run, at, t('imports.column', { number: at + 1 })) : '',
  })),
  { value: SAME, label: t('imports.sameForAll') },
];

/** The fields of one column of the import. */
export const sourceField = (key: string): FieldDefinition<ReadImport> => ({
  label: (_tools, entity) => columnOf(entity?.run, key)?.label ?? key,
  explain: (_tools, entity) => columnOf(entity?.run, key)?.hint ?? undefined,
  kind: 'choice',
  choices: (tools, entity) => sourcesOf(tools, entity?.run),
});
export function valueField(key: string, run: ImportView): FieldDefinition<ReadImport> {
  const { label = key, choices = null } = columnOf(run, key) ?? {};
  return {
    label: ({ t }) => t('imports.valueForAll', { column: label }),
    kind: choices ? 'choice' : 'text',
    choices: () => choices ?? [],
    letters: 200,
  };
}

/**
 * What the columns of a file mean. `changed` is given the import as the API has it after each answer. It needs no key: the
 * version that is sent makes a repeat harmless, and nothing but the import itself is changed.
 */
export const mappingForm = (changed: (run: ImportView) => void) =>
  defineForm<ReadImport, { columns: ColumnChoice[] }>({
    name: 'import-columns',
    titleOf: ({ run }) => run.type.title,
    // The check that follows is what the user waits for.
    done: () => '',
    schema: () =>
      z.object({ columns: z.array(z.object({ id: z.string(), source: z.string(), value: z.string() })) }),
    toFields: (entity) => ({ columns: entity ? rowsOf(entity.run) : [] }),
    fields: {
      columns: {
        label: 'imports.mapping',
        kind: 'rows',
        rowName: (entity, key) => columnOf(entity?.run, key)?.label,
        parts: {
          source: {
            label: 'imports.source',
            kind: 'choice',
            choices: (tools, entity) => sourcesOf(tools, entity?.run),
          },
          value: { label: 'imports.sameForAll', kind: 'text' },
        },
      },
    },
    update: async (client, { run }, { columns }) => {
      const input = { importId: run.id, expectedVersion: run.version, mapping: inputOf(columns) };
      const result = await client.mutation(ImportUpdateDocument, { input });
      const answer = result.data?.importUpdate;
      if (answer?.import) changed(answer.import);
      return { result, userErrors: answer?.errors };
    },
  });
