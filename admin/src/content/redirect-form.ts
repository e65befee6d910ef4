import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  RedirectCreateDocument,
  RedirectDeleteDocument,
  RedirectUpdateDocument,
} from '../generated/content/graphql';
import type { RedirectKind, RedirectRowFragment } from '../generated/content/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { Tools } from '../ui/useTools';
import { REDIRECT_KINDS } from './redirect-list';

interface RedirectValues {
  fromPath: string;
  isPrefix: boolean;
  kind: RedirectKind;
  toPath: string | null;
  active: boolean;
}

/** What is written of a redirect is told to every query that read one, and to the list of what is missing. */
const CONTEXT = { additionalTypenames: ['Redirect', 'MissingPath'] };

/** The path of a product or category that is not shown is told to nobody: left empty, the redirect keeps it. */
const keepsHidden = (redirect: RedirectRowFragment | undefined, toPath: string | null): boolean =>
  toPath === null && redirect?.toPath === null && redirect.kind !== 'GONE';

const redirectSchema = ({ t }: Tools, redirect: RedirectRowFragment | undefined) =>
  z
    .object({
      fromPath: requiredText(t('redirects.pathMissing')).startsWith('/', t('redirects.pathBegins')),
      isPrefix: z.boolean(),
      kind: z.enum(REDIRECT_KINDS),
      toPath: optionalText(),
      active: z.boolean(),
    })
    .superRefine(({ kind, toPath }, context) => {
      if (kind === 'GONE' || toPath?.startsWith('/') || keepsHidden(redirect, toPath)) return;
      const message = t(toPath ? 'redirects.pathBegins' : 'redirects.targetMissing');
      context.addIssue({ code: 'custom', path: ['toPath'], message });
    });

/** Where an address without a page leads; a new one begins with this path. */
export const redirectForm = (fromPath = '') =>
  defineForm<RedirectRowFragment, RedirectValues>({
    // Input that was kept of another one would take the place of the path.
    ...(fromPath === '' && { name: 'redirect' }),
    newTitle: 'redirects.new',
    hint: 'redirects.formHint',
    titleOf: (redirect) => redirect.fromPath,
    schema: redirectSchema,
    toFields: (redirect) => ({
      ...{ fromPath: redirect?.fromPath ?? fromPath, isPrefix: redirect?.isPrefix ?? false },
      ...{ kind: redirect?.kind ?? 'PERMANENT', toPath: redirect?.toPath ?? null },
      active: redirect?.active ?? true,
    }),
    fields: {
      fromPath: { label: 'redirects.from', help: 'redirects.fromHelp', kind: 'code' },
      isPrefix: { label: 'redirects.isPrefix', help: 'redirects.isPrefixHelp', kind: 'checkbox' },
      kind: {
        label: 'redirects.kind',
        kind: 'choice',
        choices: ({ t }) => REDIRECT_KINDS.map((value) => ({ value, label: t(`redirectKind.${value}`) })),
        explain: ({ t }, _redirect, { kind }) => t(`redirectKindHelp.${String(kind)}`),
      },
      toPath: {
        label: 'redirects.to',
        kind: 'code',
        isFor: (_redirect, { kind }) => kind !== 'GONE',
        explain: ({ t }, _redirect, { isPrefix }) =>
          t(isPrefix ? 'redirects.toPrefixHelp' : 'redirects.toHelp'),
      },
      active: {
        label: 'redirects.active',
        help: 'redirects.activeHelp',
        kind: 'switch',
        isFor: Boolean,
      },
    },
    fieldOfCode: { REDIRECT_LOOP: 'toPath' },
    create: async (client, { active: _active, ...values }, idempotencyKey) => {
      const input = { ...aimed(values), idempotencyKey };
      const result = await client.mutation(RedirectCreateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.redirectCreate.errors };
    },
    update: (client, redirect, values) =>
      onVersion(redirect.version, async (expectedVersion) => {
        const { toPath, ...others } = aimed(values);
        const isKept = values.kind !== 'GONE' && keepsHidden(redirect, toPath);
        const input = { redirectId: redirect.id, expectedVersion, ...others, ...(!isKept && { toPath }) };
        const result = await client.mutation(RedirectUpdateDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.redirectUpdate.errors };
      }),
  });

/** What is gone leads nowhere, whatever stands in the hidden field. */
function aimed<Values extends { kind: RedirectKind; toPath: string | null }>(values: Values): Values {
  return values.kind === 'GONE' ? { ...values, toPath: null } : values;
}

export const redirectDeleteForm = defineForm<RedirectRowFragment, object>({
  titleOf: ({ fromPath }, { t }) => t('redirects.deleteTitle', { path: fromPath }),
  hint: 'redirects.deleteHint',
  submitLabel: 'common.delete',
  done: 'redirects.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { redirectId: id, expectedVersion };
      const result = await client.mutation(RedirectDeleteDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.redirectDelete.errors };
    }),
});
