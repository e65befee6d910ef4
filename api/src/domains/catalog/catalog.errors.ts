import { DomainError } from '../../kernel/errors.js';

type Path = readonly string[] | null;

export class SlugTakenError extends DomainError {
  constructor(path: Path = ['slug']) {
    super('SLUG_TAKEN', 'Another product has this slug.', path);
  }
}

export class SkuTakenError extends DomainError {
  constructor(path: Path) {
    super('SKU_TAKEN', 'Another variant has this SKU.', path);
  }
}

export class BarcodeTakenError extends DomainError {
  constructor(path: Path) {
    super('BARCODE_TAKEN', 'Another variant has this barcode.', path);
  }
}

export class VariantExistsError extends DomainError {
  constructor(path: Path) {
    super('VARIANT_EXISTS', 'There is a variant with these choices.', path);
  }
}

export class LastVariantError extends DomainError {
  constructor() {
    super('LAST_VARIANT', 'A product needs at least one variant: archive the product instead.', [
      'variantId',
    ]);
  }
}

export class UploadInvalidError extends DomainError {
  constructor(reason: string, path: Path = null) {
    super('UPLOAD_INVALID', reason, path);
  }
}
