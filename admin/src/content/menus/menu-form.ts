import type { Client } from '@urql/core';
import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { MenuUpdateDocument } from '../../generated/content/graphql';
import type {
  MenuEntryInput,
  MenuEntryKind,
  MenuEntryTranslationInput,
} from '../../generated/content/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText } from '../../ui/forms/fields/codecs';
import { translations } from '../../ui/forms/fields/translations';
import TargetChoice from '../pages/TargetChoice.vue';
import { entriesOf, type Entry, type Menu } from './menu-entries';

/** An entry with the menu that it is saved with. */
export interface EditedEntry {
  readonly id: string;
  readonly menu: Menu;
  readonly entry: Entry;
}

interface EntryValues {
  kind: MenuEntryKind;
  targetId: string | null;
  path: string | null;
  translations: MenuEntryTranslationInput[];
}

const KINDS = ['LINK', 'HEADING', 'CATEGORIES'] as const satisfies readonly MenuEntryKind[];

/** What is written of a menu is told to every query that read one. */
export const MENU_CONTEXT = { additionalTypenames: ['Menu'] };

/** The form of an entry; `menu` is the one that a new entry is added to. */
export const entryForm = (menu: Menu) =>
  defineForm<EditedEntry, EntryValues>({
    name: 'menu-entry',
    newTitle: 'menus.add',
    done: 'menus.saved',
    titleOf: ({ entry }, { t }) => entry.name ?? t(`menuEntryKind.${entry.kind}`),
    schema: (tools) =>
      z.object({
        kind: z.enum(KINDS),
        targetId: z.string().nullable(),
        path: optionalText(),
        translations: translations(tools, { label: optionalText() }),
      }) as never,
    toFields: (edited) => ({
      ...{ kind: edited?.entry.kind ?? 'LINK', targetId: edited?.entry.targetId ?? null },
      path: edited?.entry.path ?? null,
      translations: (edited?.entry.translations ?? []).map(({ locale, label }) => ({ locale, label })),
    }),
    fields: {
      kind: {
        ...{ label: 'menus.kind', kind: 'choice' },
        choices: ({ t }) => KINDS.map((value) => ({ value, label: t(`menuEntryKind.${value}`) })),
      },
      targetId: {
        ...{ label: 'pages.target', kind: 'own', component: TargetChoice, isOptional: true },
        isFor: (_entry, { kind }) => kind === 'LINK',
      },
      path: {
        ...{ label: 'pages.path', help: 'pages.pathHelp', kind: 'code', isOptional: true },
        isFor: (_entry, { kind, targetId }) => kind === 'LINK' && !targetId,
      },
      translations: {
        ...{ label: 'menus.label', kind: 'translations', help: 'menus.labelHelp' },
        parts: { label: { label: 'menus.label', kind: 'text', isOptional: true } },
        isFor: (_entry, { kind }) => kind !== 'CATEGORIES',
      },
    },
    create: (client, values) => {
      const added = { key: crypto.randomUUID(), depth: 0, ...entered(values) };
      return written(client, menu, [...entriesOf(menu), added]);
    },
    update: (client, { menu: seen, entry }, values) =>
      written(
        client,
        seen,
        entriesOf(seen).map((each) => (each.key === entry.key ? { ...each, ...entered(values) } : each)),
      ),
  });

function entered({
  kind,
  targetId,
  path,
  translations: texts,
}: EntryValues): Omit<MenuEntryInput, 'key' | 'depth'> {
  const isLink = kind === 'LINK';
  return {
    kind,
    targetId: isLink ? targetId : null,
    path: isLink && !targetId ? path : null,
    translations: kind === 'CATEGORIES' ? [] : texts,
  };
}

export function written(client: Client, { code, version }: Menu, entries: MenuEntryInput[]) {
  return onVersion(version, async (expectedVersion) => {
    const input = { code, expectedVersion, entries };
    const result = await client.mutation(MenuUpdateDocument, { input }, MENU_CONTEXT);
    return { result, userErrors: result.data?.menuUpdate.errors };
  });
}
