import { IsOptional, Matches } from 'class-validator';
import { tidy } from './read-address.js';

/** 1 to 80 characters, one of them visible, without characters that could break a mail's header. */
export function PersonName(): PropertyDecorator {
  return Matches(/^(?=.*[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800])[^\p{Cc}]{1,80}$/u, {
    message: 'Give 1 to 80 characters.',
  });
}

/** The same, or empty. */
export function OptionalPersonName(): PropertyDecorator {
  return (target, key) => {
    IsOptional()(target, key);
    PersonName()(target, key);
  };
}

/** A name as it is stored: without what nobody sees. */
export function personName(given: string): string {
  return tidy(given) ?? '';
}
