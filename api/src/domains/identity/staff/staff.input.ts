import { ArrayMaxSize, ArrayNotEmpty, IsOptional, Matches, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NeverNull } from '../../../platform/graphql/never-null.js';
import { PermissionEnum, type Permission } from '../../../platform/graphql/roles.js';
import { LONGEST, TOO_LONG } from '../sign-in/auth.input.js';

const NAME = /^(?=.*\S).{1,60}$/u;
const NAME_RULE = { message: '1 to 60 characters.' };
const NONE = { message: 'A role allows something.' };
const MANY = { message: 'Each permission once.' };
const VERSION = 'The version that was seen; STALE_VERSION when it is another by now.';

@InputType({ description: 'A member of staff, as the caller saw them.' })
abstract class SeenStaffMember {
  @Field(() => ID, { description: 'The member of staff.' })
  staffMemberId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;
}

@InputType({ description: 'Another role for a member of staff.' })
export class StaffRoleUpdateInput extends SeenStaffMember {
  @Field(() => ID, { description: 'The role: one whose permissions the caller has, and not the owner’s.' })
  roleId!: string;
}

@InputType({ description: 'A member of staff to be locked out.' })
export class StaffLockInput extends SeenStaffMember {}

@InputType({ description: 'A member of staff to be let in again.' })
export class StaffUnlockInput extends SeenStaffMember {}

@InputType({ description: 'A member of staff who no longer works in the shop.' })
export class StaffRemoveInput extends SeenStaffMember {}

@InputType({ description: 'A member of staff who has lost the second factor.' })
export class StaffSecondFactorRemoveInput extends SeenStaffMember {}

@InputType({ description: 'To whom the shop is handed on.' })
export class OwnerTransferInput extends SeenStaffMember {
  @Field(() => String, { description: 'The password of the caller.' })
  @MaxLength(LONGEST, TOO_LONG)
  password!: string;
}

@InputType({ description: 'A new role.' })
export class RoleCreateInput {
  @Field(() => String, { description: 'Its name, at most 60 characters; no other role has it.' })
  @Matches(NAME, NAME_RULE)
  name!: string;

  @Field(() => [PermissionEnum], { description: 'What it allows: only what the caller may do.' })
  @ArrayNotEmpty(NONE)
  @ArrayMaxSize(200, MANY)
  permissions!: Permission[];
}

@InputType({ description: 'A change of a role of the shop’s own: what is left out stays.' })
@NeverNull<RoleUpdateInput>('name', 'permissions')
export class RoleUpdateInput {
  @Field(() => ID, { description: 'The role.' })
  roleId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Its name, at most 60 characters.' })
  @IsOptional()
  @Matches(NAME, NAME_RULE)
  name?: string | null;

  @Field(() => [PermissionEnum], {
    nullable: true,
    description: 'Everything that it allows from now on: only what the caller may do.',
  })
  @IsOptional()
  @ArrayNotEmpty(NONE)
  @ArrayMaxSize(200, MANY)
  permissions?: Permission[] | null;
}

@InputType({ description: 'A role of the shop’s own to be deleted.' })
export class RoleDeleteInput {
  @Field(() => ID, { description: 'The role; nobody may have it.' })
  roleId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;
}
