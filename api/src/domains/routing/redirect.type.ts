import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { RedirectCode } from './redirect.entity.js';
import type { RedirectRow } from './routing.statements.js';

export enum RedirectKind {
  PERMANENT = 'PERMANENT',
  TEMPORARY = 'TEMPORARY',
  GONE = 'GONE',
}
registerEnumType(RedirectKind, {
  name: 'RedirectKind',
  description: 'What visitors and search engines are told at the address.',
  valuesConfig: {
    PERMANENT: { description: 'It has moved for good (301): search engines take the new address.' },
    TEMPORARY: { description: 'It has moved for now (302): search engines keep the old address.' },
    GONE: { description: 'It is gone and has no successor (410): search engines forget it.' },
  },
});

const CODES = { PERMANENT: 301, TEMPORARY: 302, GONE: 410 } as const;
export const codeOf = (kind: RedirectKind): RedirectCode => CODES[kind];
const kindOf = (code: number): RedirectKind =>
  code === 301 ? RedirectKind.PERMANENT : code === 302 ? RedirectKind.TEMPORARY : RedirectKind.GONE;

@ObjectType({
  implements: Node,
  description: 'Where visitors of an address without a page are led.',
  simpleResolvers: true,
})
export class Redirect {
  @GlobalId('redir')
  readonly id!: string;

  @Field(() => String, {
    description:
      'The path, in small letters. Without a language it holds in every language and keeps that of the visitor.',
  })
  readonly fromPath!: string;

  @Field(() => Boolean, { description: 'Whether it is for every path below it too.' })
  readonly isPrefix!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The path that it leads to: of the product or category as it is now, if it leads to one. One that ends in /* gets what follows the prefix. Null for what is gone, and for a product or category that is not shown.',
  })
  readonly toPath!: string | null;

  @Field(() => Node, {
    nullable: true,
    description: 'The product or category that it leads to; null where it leads to a path or nowhere.',
  })
  readonly target!: object | null;

  @Derived<RedirectRow>(() => RedirectKind, ({ code }) => kindOf(code), {
    description: 'What visitors and search engines are told.',
  })
  readonly kind!: RedirectKind;

  @Field(() => Boolean, { description: 'Whether it is followed. One that is not is kept for later.' })
  readonly active!: boolean;

  @Field(() => Int, {
    description:
      'How often it was followed. Written each minute; what a cache outside answers in its place is not counted.',
  })
  readonly hits!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was followed last; null when it never was.',
  })
  readonly lastHitAt!: Date | null;

  @Field(() => Int, { description: 'Goes up with each change; give it as expectedVersion.' })
  readonly version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  readonly createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was changed last.' })
  readonly updatedAt!: Date;
}

@ObjectType({ description: 'A page of redirects.' })
export class RedirectConnection extends ConnectionOf(Redirect, 'Redirect') {}

@ObjectType({ description: 'The redirect as it is now.', simpleResolvers: true })
export class RedirectPayload extends Payload {
  @Field(() => Redirect, {
    nullable: true,
    description: 'The redirect as it is now, also when refused; null when there is none.',
  })
  redirect!: object | null;
}

@ObjectType({ description: 'The redirect that was deleted.', simpleResolvers: true })
export class RedirectDeletePayload extends RedirectPayload {
  @Field(() => ID, { nullable: true, description: 'Its id; null when it was not deleted.' })
  deletedRedirectId?: string | null;
}

@ObjectType({
  description: 'A path at which visitors found nothing in the last 30 days. Nothing about them is kept.',
  simpleResolvers: true,
})
export class MissingPath {
  @Field(() => String, { description: 'The path, in small letters.' })
  readonly path!: string;

  @Field(() => Int, {
    description: 'How often it was asked for. Written each minute; what a cache answers is not counted.',
  })
  readonly hits!: number;

  @Field(() => DateTime, { description: 'When it was asked for first.' })
  readonly firstAt!: Date;

  @Field(() => DateTime, { description: 'When it was asked for last.' })
  readonly lastAt!: Date;
}
