import { MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { LONGEST, TOO_LONG } from '../sign-in/auth.input.js';

@InputType({ description: 'Who begins to use a second factor.' })
export class TotpStartInput {
  @Field(() => String, { description: 'The password of the caller.' })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;
}

@InputType({ description: 'The first code of the app.' })
export class TotpConfirmInput {
  @Field(() => String, { description: 'Six digits of the app.' })
  @MaxLength(100, TOO_LONG)
  code!: string;
}

@InputType({ description: 'A code that shows that the caller has the second factor.' })
abstract class FreshCode {
  @Field(() => String, { description: 'Six digits of the app, or a recovery code.' })
  @MaxLength(100, TOO_LONG)
  code!: string;
}

@InputType({ description: 'Switching the second factor off.' })
export class TotpDisableInput extends FreshCode {}

@InputType({ description: 'Asking for new recovery codes.' })
export class RecoveryCodesRenewInput extends FreshCode {}
