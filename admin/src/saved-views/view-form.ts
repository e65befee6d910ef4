import { z } from 'zod';
import type { ViewTabFragment } from '../generated/saved-views/graphql';
import { defineForm } from '../ui/forms/define-form';
import type { SavedViews, ViewFields } from './useSavedViews';

/** Keeps what the list shows under a name, or changes the name of a view and who has it. */
export const viewForm = (list: string, saved: SavedViews) =>
  defineForm<ViewTabFragment, ViewFields>({
    name: `view-of-${list}`,
    newTitle: 'views.save',
    titleOf: (_view, { t }) => t('views.edit'),
    hintOf: () => '',
    hint: 'views.saveHint',
    done: (_view, { name }, { t }) => t('views.saved', { name }),
    schema: ({ t }) =>
      z.object({
        name: z.string().trim().min(1, t('views.nameMissing')).max(60, t('views.nameTooLong')),
        isShared: z.boolean(),
        isDefault: z.boolean(),
      }),
    toFields: (view) => ({
      ...{ name: view?.name ?? null, isShared: view?.isShared ?? false },
      isDefault: view?.isDefault ?? false,
    }),
    fields: {
      name: { label: 'views.name', kind: 'text', isFixed: (view) => view?.canChange === false },
      isShared: {
        ...{ label: 'views.share', help: 'views.shareHint', kind: 'checkbox' },
        isFor: (_view, _values, { can }) => can('VIEW_SHARE'),
      },
      isDefault: { label: 'views.first', help: 'views.firstHint', kind: 'checkbox' },
    },
    create: (_client, fields) => saved.create(fields),
    update: (_client, view, fields) => saved.edit(view, fields),
  });
