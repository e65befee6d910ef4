import { defineErrors } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';

export const catalogErrors = defineErrors({
  SLUG_TAKEN: 'Another product or category has this slug.',
  SKU_TAKEN: 'Another variant has this SKU.',
  BARCODE_TAKEN: 'Another variant has this barcode.',
  VARIANT_EXISTS: 'The product has a variant with these choices.',
  LAST_VARIANT: 'A product keeps at least one variant. Archive the product instead.',
  STALE_ORDER: 'The list is not the whole list as it is now. Read it again.',
  CODE_TAKEN: 'Another attribute, or another value of the attribute, has this code.',
  KIND_LOCKED: 'Products have the attribute: neither its kind nor its level changes any more.',
  UNIT_MISMATCH:
    'The number is in another unit than the attribute, or numbers in the former unit are stored.',
  CATEGORY_CYCLE: 'A category cannot lie below itself or below one of its own.',
  CATEGORY_TOO_DEEP: 'Categories lie at most six levels deep.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof catalogErrors, true> {}
}

/** What writing a variant may be refused with. */
export const variantErrors = ['SKU_TAKEN', 'BARCODE_TAKEN', 'VARIANT_EXISTS', 'UNIT_MISMATCH'] as const;

type Path = readonly string[] | null;

export class SlugTakenError extends DomainError {
  constructor(path: Path = ['slug']) {
    super('SLUG_TAKEN', 'Another product or category has this slug.', path);
  }
}

export class CategoryCycleError extends DomainError {
  constructor(path: Path = ['parentId']) {
    super('CATEGORY_CYCLE', 'A category cannot lie below itself or below one of its own.', path);
  }
}

export class CategoryTooDeepError extends DomainError {
  constructor(path: Path = ['parentId']) {
    super('CATEGORY_TOO_DEEP', 'Categories lie at most six levels deep.', path);
  }
}

export class CodeTakenError extends DomainError {
  constructor(path: Path = ['code']) {
    super('CODE_TAKEN', 'Another attribute, or another value of the attribute, has this code.', path);
  }
}

export class KindLockedError extends DomainError {
  constructor(products: number, path: Path) {
    super('KIND_LOCKED', `${products} products have it, or it has values: copy them to a new one.`, path);
  }
}

export class UnitMismatchError extends DomainError {
  constructor(unit: string | null, path: Path) {
    super('UNIT_MISMATCH', `The numbers of this attribute are in ${unit ?? 'no unit'}.`, path);
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
