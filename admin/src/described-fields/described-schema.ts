import { z } from 'zod';
import type { Tools } from '../ui/useTools';
import {
  wrongIn,
  wrongLanguage,
  type DescribedField,
  type FieldDraft,
  type FieldDrafts,
} from './described-field';

/** Checks the drafts of described fields as the API does, with the messages at their fields. */
export function describedSchema(fields: readonly DescribedField[], tools: Tools) {
  return z.object({
    values: z.custom<FieldDrafts>().superRefine((drafts, check) => {
      for (const field of fields) {
        const draft: FieldDraft | undefined = drafts[field.name];
        const message = draft === undefined ? null : wrongIn(field, draft, tools);
        if (draft === undefined || !message) continue;
        const language = wrongLanguage(field, draft, tools);
        check.addIssue({ code: 'custom', path: [field.name, ...(language ? [language] : [])], message });
      }
    }),
  });
}
