import { IsOptional } from 'class-validator';
import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { z } from 'zod';
import { DomainError } from '../../kernel/errors.js';
import { hasRightCheckDigits, isIban, plainIban } from './iban.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { Role } from '../../platform/graphql/roles.js';
import type { Tx } from '../../platform/database/database.js';
import { defineSettings } from '../../platform/settings-group.js';
import {
  Settings,
  settingsOf,
  SettingsPayload,
  SettingsUpdateInput,
  shownGroup,
  updateGroup,
  type SettingsService,
} from '../store/index.js';
import { PaymentMethod } from './payment-method.js';
import { awaitedTransfer } from './payment.statements.js';

/*
 * Transactions and locks of a change of how buyers pay
 *
 * A change is the transaction of `SettingsService.update`: it locks the row of this group and nothing else, so it never
 * waits for a checkout and no checkout for it. `checkoutComplete` reads the methods once, before its transaction, and
 * after the fence of its request. So of a checkout and a change there are two orders only: a request that came before
 * the change was confirmed may place its order by a method that ends with it, as if it had been a moment earlier; one
 * that came after it is refused (PAYMENT_METHOD_NOT_OFFERED). An order keeps its method, its deadline and its amount:
 * they are columns of its own. The account is not: whoever still has to transfer money is shown where it arrives now.
 *
 * So there must be an account as long as anybody has to transfer money, and this alone needs a lock: a change that takes
 * the account away counts, under the lock of the row, the payments by transfer that are open, and is refused while there
 * is one (TRANSFERS_AWAITED). `checkoutComplete` locks the same row FOR SHARE before it writes an order by transfer, and
 * reads methods and account again under it. Either the order is committed first, and the change sees its payment, or the
 * change is, and the order is refused. Checkouts share the lock. A change waits for nothing else, so whatever a checkout
 * has locked before, nobody waits in a circle.
 */

/** The methods in the order in which buyers see them. */
const METHODS = [PaymentMethod.CARD, PaymentMethod.CASH_ON_DELIVERY, PaymentMethod.BANK_TRANSFER];

const oneLine = /^\P{Cc}*$/u;
const holder = z
  .string()
  .trim()
  .min(2, 'Write the name on the account.')
  .max(70, 'At most 70 characters.')
  .regex(oneLine, 'One line only.');
const iban = z
  .string()
  .transform(plainIban)
  .pipe(
    z
      .string()
      .refine(isIban, { error: 'Write an IBAN such as RO66 BACX 0000 0012 3456 7890.', abort: true })
      .refine(hasRightCheckDigits, 'Its check digits do not fit: compare it with the one of the bank.'),
  );

export const paymentsGroup = defineSettings(
  'payments',
  z.object({
    methods: z
      .array(z.enum(PaymentMethod))
      .transform((chosen) => METHODS.filter((method) => chosen.includes(method)))
      .refine(({ length }) => length > 0, 'Choose at least one way to pay.'),
    transferHolder: holder.nullable(),
    transferIban: iban.nullable(),
  }),
);

type PaymentsValue = z.infer<typeof paymentsGroup.schema>;

/** The account that bank transfers go to. */
export interface BankAccount {
  readonly holder: string;
  readonly iban: string;
}

/** Null while the shop names none. */
export async function bankAccountOf(settings: SettingsService): Promise<BankAccount | null> {
  return accountIn(await settings.get(paymentsGroup));
}

function accountIn({ transferHolder, transferIban }: PaymentsValue): BankAccount | null {
  return transferHolder && transferIban ? { holder: transferHolder, iban: transferIban } : null;
}

/**
 * Whether an order by bank transfer may be written in this transaction. Until its end the account stays, and bank
 * transfer stays offered.
 */
export async function lockBankTransfer(tx: Tx, settings: SettingsService): Promise<boolean> {
  const payments = await settings.lockShared(tx, paymentsGroup);
  return payments.methods.includes(PaymentMethod.BANK_TRANSFER) && accountIn(payments) !== null;
}

/** @throws DomainError BANK_ACCOUNT_MISSING | TRANSFERS_AWAITED */
async function refuseTransferToNowhere(tx: Tx, next: PaymentsValue, before: PaymentsValue): Promise<void> {
  const field = (['transferHolder', 'transferIban'] as const).find((name) => next[name] === null);
  if (!field) return;
  if (next.methods.includes(PaymentMethod.BANK_TRANSFER))
    throw new DomainError('BANK_ACCOUNT_MISSING', 'Buyers who pay by bank transfer need an account.', [
      field,
    ]);
  if (accountIn(before) && (await tx.row(awaitedTransfer)))
    throw new DomainError(
      'TRANSFERS_AWAITED',
      'Orders wait for a transfer to this account. Write another one, or cancel them first.',
      [field],
    );
}

abstract class Nothing {}

@ObjectType({ description: 'How buyers pay.', simpleResolvers: true })
class PaymentsSettings extends settingsOf(Nothing) {
  @ListSize(3)
  @Field(() => [PaymentMethod], {
    description:
      'What buyers may choose, cards first. `Shop.paymentMethods` leaves out those that no provider takes.',
  })
  readonly methods!: readonly PaymentMethod[];

  @Field(() => String, {
    nullable: true,
    description: 'Whose account bank transfers go to; null for none.',
  })
  readonly transferHolder!: string | null;

  @Field(() => String, { nullable: true, description: 'Its IBAN without spaces; null for none.' })
  readonly transferIban!: string | null;
}

@NeverNull<PaymentsSettingsUpdateInput>('methods')
@InputType({ description: 'A change of how buyers pay: what is left out stays.' })
class PaymentsSettingsUpdateInput extends SettingsUpdateInput {
  @Field(() => [PaymentMethod], { nullable: true, description: 'At least one: the whole list.' })
  @IsOptional()
  methods?: PaymentMethod[];

  @Field(() => String, { nullable: true, description: 'The name on the account, 2 to 70 characters.' })
  @IsOptional()
  transferHolder?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The IBAN, with or without spaces; its check digits are compared.',
  })
  @IsOptional()
  transferIban?: string | null;
}

@Resolver(() => Settings)
export class PaymentSettingsResolver {
  constructor(private readonly settings: SettingsService) {}

  @FieldResolver(() => PaymentsSettings, { description: 'How buyers pay.' })
  payments(): Promise<PaymentsSettings> {
    return shownGroup(this.settings, paymentsGroup);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('BANK_ACCOUNT_MISSING', 'TRANSFERS_AWAITED')
  @Mutation(() => SettingsPayload, {
    description:
      'Changes how buyers pay: in carts at once, and in orders from the next one on. BANK_ACCOUNT_MISSING when bank transfer is offered without an account; TRANSFERS_AWAITED when the account would be removed while orders wait for a transfer to it.',
  })
  paymentsSettingsUpdate(
    @Arg('input', () => PaymentsSettingsUpdateInput, { description: 'What changes.' })
    input: PaymentsSettingsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<SettingsPayload> {
    return updateGroup(this.settings, paymentsGroup, { input, context, check: refuseTransferToNowhere });
  }
}
