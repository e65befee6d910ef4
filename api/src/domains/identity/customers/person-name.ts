import { IsOptional, Matches } from 'class-validator';

/** 1 to 80 characters after trimming, without characters that could break a mail's header. */
export function PersonName(): PropertyDecorator {
  return Matches(/^(?=.*\S)[^\p{Cc}]{1,80}$/u, { message: 'Give 1 to 80 characters.' });
}

/** The same, or empty. */
export function OptionalPersonName(): PropertyDecorator {
  return (target, key) => {
    IsOptional()(target, key);
    PersonName()(target, key);
  };
}
