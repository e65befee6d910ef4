import { registerEnumType } from 'type-graphql';

/** The values of the enum ImportKind of the schema: the imports of every module that a shop of this process has. */
export const ImportKindEnum: Record<string, string> = {};
const descriptions: Record<string, { description: string }> = {};
registerEnumType(ImportKindEnum, {
  name: 'ImportKind',
  description: 'What an import takes from a file. Plugins add kinds of their own.',
  valuesConfig: descriptions,
});

/** Makes kinds of imports known to the schema. Each is declared once: see `assertDeclaredOnce`. */
export function registerImportKinds(declared: readonly { kind: string; description: string }[]): void {
  for (const { kind, description } of declared) {
    ImportKindEnum[kind] = kind;
    descriptions[kind] = { description };
  }
}
