import { registerEnumType } from 'type-graphql';

/** The values of the enum JobKind of the schema: the long jobs of every module that a shop of this process has. */
export const JobKindEnum: Record<string, string> = {};
const descriptions: Record<string, { description: string }> = {};
registerEnumType(JobKindEnum, {
  name: 'JobKind',
  description: 'What a long job does. Plugins add kinds of their own.',
  valuesConfig: descriptions,
});

/** Makes kinds of long jobs known to the schema. Each is declared once: see `assertDeclaredOnce`. */
export function registerJobKinds(declared: readonly { kind: string; description: string }[]): void {
  for (const { kind, description } of declared) {
    JobKindEnum[kind] = kind;
    descriptions[kind] = { description };
  }
}
