declare module 'virtual:schema-types' {
  export const idLessTypes: string[];
  export const possibleTypes: Record<string, string[]>;
}
