import { Field, Int, ObjectType } from 'type-graphql';
import { defineErrors } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { UserError } from '../../platform/graphql/user-error.type.js';
import { MediaUse, MOST_USES } from './library/media-use.type.js';

export const mediaErrors = defineErrors({
  UPLOAD_INVALID: 'The file is none that can be taken, did not arrive, or is not the one that was announced.',
  MEDIA_IN_USE: 'The file is shown somewhere: take it out there first.',
  MEDIA_EXISTS: 'The library has a file with the same bytes.',
  MEDIA_NOT_USABLE: 'Only a public image that is not in the bin can be shown here.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof mediaErrors, true> {}
}

type Path = readonly string[] | null;

export class UploadInvalidError extends DomainError {
  constructor(reason: string, path: Path = null) {
    super('UPLOAD_INVALID', reason, path);
  }
}

export class MediaExistsError extends DomainError {
  constructor() {
    super('MEDIA_EXISTS', 'The library has a file with the same bytes.', ['uploadId']);
  }
}

export class MediaNotUsableError extends DomainError {
  constructor(path: Path) {
    super('MEDIA_NOT_USABLE', 'Only a public image that is not in the bin can be shown here.', path);
  }
}

@ObjectType({
  implements: UserError,
  description: 'MEDIA_IN_USE: the file is shown somewhere.',
  simpleResolvers: true,
})
export class MediaInUseError extends UserError {
  override readonly graphqlType = 'MediaInUseError';

  @ListSize(MOST_USES)
  @Field(() => [MediaUse], { description: 'Where it is shown; at most 20 places.' })
  readonly uses: object[];

  @Field(() => Int, { description: 'In how many places it is shown.' })
  readonly useCount: number;

  constructor(uses: object[], useCount: number) {
    super('MEDIA_IN_USE', 'The file is shown somewhere: take it out there first.', ['mediaId']);
    this.uses = uses;
    this.useCount = useCount;
  }
}
