import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { MenuCode, MenuEntryKind } from './menu.entity.js';

registerEnumType(MenuCode, {
  name: 'MenuCode',
  description: 'Where a menu stands.',
  valuesConfig: {
    HEADER: { description: 'At the top of each page, and in the menu of phones.' },
    FOOTER: { description: 'At the end of each page: its headings are columns.' },
  },
});
registerEnumType(MenuEntryKind, {
  name: 'MenuEntryKind',
  description: 'What an entry of a menu is.',
  valuesConfig: {
    LINK: { description: 'Leads to a target or a path.' },
    HEADING: { description: 'Leads nowhere itself, and stands above those below it.' },
    CATEGORIES: { description: 'The categories of the shop, as they are; in the footer those at the top.' },
  },
});

@ObjectType({ description: 'An entry of a menu as buyers see it.', simpleResolvers: true })
export class MenuItem {
  @Field(() => String, { description: 'Unique in the menu; stays while the entry does.' })
  readonly key!: string;
  @Field(() => String, { description: 'What it is called: its label, else the name of what it leads to.' })
  readonly label!: string;
  @Field(() => String, {
    nullable: true,
    description: 'A path with the language of the reader, or an address elsewhere; null for a heading.',
  })
  readonly href!: string | null;
  @ListSize(5)
  @Field(() => [MenuItem], { description: 'Those below it; at most three levels.' })
  readonly children!: MenuItem[];
}

@ObjectType({ description: 'What an entry of a menu is called in one language.', simpleResolvers: true })
export class MenuEntryTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;
  @Field(() => String, { description: 'The label.' })
  readonly label!: string;
}

@ObjectType('MenuEntry', {
  description: 'An entry of a menu as staff keep it.',
  simpleResolvers: true,
})
export class MenuEntryType {
  @Field(() => String, { description: 'Unique in the menu.' })
  readonly key!: string;
  @Field(() => Int, { description: '0 at the top; 1 and 2 below the last entry with a lesser depth.' })
  readonly depth!: number;
  @Field(() => MenuEntryKind, { description: 'What it is.' })
  readonly kind!: MenuEntryKind;
  @ListSize(3)
  @Field(() => [MenuEntryTranslation], { description: 'Its own labels.' })
  readonly translations!: MenuEntryTranslation[];
  @Field(() => ID, { nullable: true, description: 'What it leads to; null for a path and for no link.' })
  readonly targetId!: string | null;
  @Field(() => String, { nullable: true, description: 'The path it leads to; null for a target.' })
  readonly path!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'What buyers who speak the language of the request call it; null for the categories, and without a name.',
  })
  readonly name!: string | null;
  @Field(() => Boolean, {
    description: 'Whether buyers do not see it, for its target is gone or shown to nobody.',
  })
  readonly isLeftOut!: boolean;
}

const STAFF = [Role.SUPPORT, 'CONTENT_READ'] as const;

@ObjectType({ implements: Node, description: 'A menu of the shop.', simpleResolvers: true })
export class Menu {
  @GlobalId('menu')
  readonly id!: string;

  @Field(() => MenuCode, { description: 'Where it stands.' })
  readonly code!: MenuCode;

  @ListSize(6)
  @Field(() => [MenuItem], {
    description: 'Its entries at the top. Those whose target is gone or not shown are left out.',
  })
  readonly items!: object[];

  @Auth(...STAFF)
  @ListSize(20)
  @Field(() => [MenuEntryType], {
    nullable: true,
    description: 'All its entries one after another, as they are kept. Staff only.',
  })
  readonly entries!: object[] | null;

  @Auth(...STAFF)
  @Field(() => Int, {
    nullable: true,
    description: 'Counts its changes, for `menuUpdate`. Staff only.',
  })
  readonly version!: number | null;
}

@ObjectType({ description: 'The menu as it is now.', simpleResolvers: true })
export class MenuPayload extends Payload {
  @Field(() => Menu, {
    nullable: true,
    description: 'The menu as it is now, also when refused; null when there is none.',
  })
  menu!: object | null;
}
