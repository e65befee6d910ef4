import { ArrayMaxSize, ArrayNotEmpty, IsOptional, MaxLength, ValidateNested } from 'class-validator';

/** More than there are languages. */
const MOST_LANGUAGES = 200;

function allOf(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
}

/** Texts in some languages, each of which is validated; at least one language is needed. */
export function Translations(): PropertyDecorator {
  return allOf(ArrayNotEmpty({ message: 'At least one language is needed.' }), eachLanguage());
}

/** The same, or none at all. */
export function OptionalTranslations(): PropertyDecorator {
  return allOf(IsOptional(), eachLanguage());
}

function eachLanguage(): PropertyDecorator {
  return allOf(
    ArrayMaxSize(MOST_LANGUAGES, { message: `At most ${MOST_LANGUAGES} languages.` }),
    ValidateNested({ each: true }),
  );
}

/** A key by which a request that is sent again is known; it may be left out. */
export function OptionalKey(): PropertyDecorator {
  return allOf(IsOptional(), MaxLength(128, { message: 'At most 128 characters.' }));
}
