declare module 'virtual:id-less-types' {
  export const idLessTypes: string[];
}
