import { IsNotEmpty, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { EmailAddress } from '../../../platform/graphql/scalars.js';
import type { OrderLookup } from './order-lookup.js';

@InputType({ description: 'An order as its buyer remembers it.' })
class OrderLookupRequestInput {
  @Field(() => String, { description: 'Its number, with or without # and spaces; at most 40 characters.' })
  @IsNotEmpty({ message: 'Write the number of the order.' })
  @MaxLength(40, { message: 'At most 40 characters.' })
  number!: string;

  @Field(() => EmailAddress, {
    description: 'The e-mail that was given with it; upper and lower case are the same.',
  })
  email!: string;
}

@Resolver()
export class OrderLookupResolver {
  constructor(private readonly lookup: OrderLookup) {}

  @Public()
  @Cost(100)
  @Mutation(() => ActionPayload, {
    description:
      'Mails the link of an order to the address in it, where number and e-mail belong together. The response does not reveal it.',
  })
  orderLookupRequest(
    @Arg('input', () => OrderLookupRequestInput, { description: 'The order.' })
    input: OrderLookupRequestInput,
    @Ctx() { ip }: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      await this.lookup.request(input.number, input.email, ip);
      return { ok: true };
    });
  }
}
