import { defineErrors } from '../../kernel/error-codes.js';

export const metadataErrors = defineErrors({
  METADATA_TOO_LARGE:
    'More additional data than one entity may have: 50 keys and 20,000 characters, each for staff and for the public.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof metadataErrors, true> {}
}
