import { registerEnumType } from 'type-graphql';

export enum ImageStatus {
  PROCESSING = 'PROCESSING',
  READY = 'READY',
  FAILED = 'FAILED',
}
registerEnumType(ImageStatus, {
  name: 'ImageStatus',
  description: 'How far the sizes of an image are, which a job makes from the file that was received.',
  valuesConfig: {
    PROCESSING: { description: 'The sizes are being made; the URLs return 404 until then.' },
    READY: { description: 'Every size exists, and the URLs work.' },
    FAILED: { description: 'The sizes could not be made; `failure` says why.' },
  },
});

export enum ImageFailure {
  DAMAGED = 'DAMAGED',
  FILE_MISSING = 'FILE_MISSING',
  UNEXPECTED = 'UNEXPECTED',
}
registerEnumType(ImageFailure, {
  name: 'ImageFailure',
  description: 'Why the sizes of an image could not be made.',
  valuesConfig: {
    DAMAGED: { description: 'The file is damaged and cannot be decoded to its end: send another.' },
    FILE_MISSING: {
      description: 'The received file is not where the worker looks: API and workers must share DATA_DIR.',
    },
    UNEXPECTED: {
      description:
        "Several attempts did not come to their end; the worker's log says why. Trying again may help.",
    },
  },
});
