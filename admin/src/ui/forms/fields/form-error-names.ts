import { inject, provide, ref, type InjectionKey, type Ref } from 'vue';

const KEY: InjectionKey<Readonly<Ref<readonly string[]>>> = Symbol('names of fields with errors');

/** Tells the fields of a form which of them have errors, so that a tab that hides one is opened. */
export const provideErrorNames = (names: Readonly<Ref<readonly string[]>>): void => provide(KEY, names);

export const useErrorNames = (): Readonly<Ref<readonly string[]>> => inject(KEY, () => ref([]), true);
