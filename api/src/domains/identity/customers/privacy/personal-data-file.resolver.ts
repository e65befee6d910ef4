import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Auth } from '../../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../../platform/graphql/context.js';
import { UserErrors } from '../../../../platform/graphql/errors/user-errors-of.js';
import { Cost } from '../../../../platform/graphql/limits/cost-directives.js';
import { asPayload, Payload } from '../../../../platform/graphql/payload.js';
import { Role } from '../../../../platform/graphql/roles.js';
import { DateTime } from '../../../../platform/graphql/scalars.js';
import { LONGEST, TOO_LONG } from '../../sign-in/auth.input.js';
import { requireCustomerId } from '../customer-id.js';
import type { PersonalDataFile } from './personal-data-file.service.js';

@InputType({ description: 'Whose data.' })
class CustomerDataExportInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string;
}

@InputType({ description: 'The password, before the data of an account is handed over.' })
class AccountExportInput {
  @Field(() => String, { description: 'The password of the account.' })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;
}

@ObjectType({ description: 'Where the file with the data of a person is.', simpleResolvers: true })
class PersonalDataPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description:
      'Where the file is downloaded as JSON, as a path of the API: for this session alone, until `expiresAt`. Null when refused.',
  })
  url!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when the address is good; null when refused.',
  })
  expiresAt!: Date | null;
}

@Resolver()
export class PersonalDataFileResolver {
  constructor(private readonly files: PersonalDataFile) {}

  @Auth(Role.ADMIN, 'CUSTOMER_EXPORT')
  @Mutation(() => PersonalDataPayload, {
    description:
      'The file with everything that the shop knows about a customer, with what staff noted: read it before it is handed over.',
  })
  customerDataExport(
    @Arg('input', () => CustomerDataExportInput, { description: 'Who.' }) input: CustomerDataExportInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PersonalDataPayload> {
    return asPayload(input, () =>
      this.files.ofCustomer(viewer as Viewer, requireCustomerId(input.customerId)),
    );
  }

  @Auth(Role.CUSTOMER)
  @Cost(100)
  @UserErrors('INVALID_CREDENTIALS')
  @Mutation(() => PersonalDataPayload, {
    description:
      'The file with what the shop knows about the caller: account, addresses, devices, orders that the account shows, invoices, returns and mails. Five, then one every twelve minutes.',
  })
  accountExport(
    @Arg('input', () => AccountExportInput, { description: 'The password.' }) input: AccountExportInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<PersonalDataPayload> {
    return asPayload(input, () => this.files.ofAccount(viewer as Viewer, input.password));
  }
}
