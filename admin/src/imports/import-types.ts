import type {
  ImportMappedColumnInput as Mapped,
  ImportTypeViewFragment,
  ImportUpdateInput,
  ImportViewFragment,
} from '../generated/imports/graphql';

export type ImportView = ImportViewFragment;
export type ImportTypeView = ImportTypeViewFragment;
export type ImportMappedColumnInput = Mapped;
/** What is changed of how a file is read, or of what its columns mean. */
export type ImportChanges = Omit<ImportUpdateInput, 'importId' | 'expectedVersion'>;
