interface Words {
  readonly t: (key: string) => string;
  readonly te: (key: string) => boolean;
}

/** What an area of texts is called; one of a plugin by its name for programs. */
export const areaName = (area: string, { t, te }: Words): string =>
  te(`languages.areas.${area}`) ? t(`languages.areas.${area}`) : area;

/** What a text of it is called. */
export const fieldName = (field: string, { t, te }: Words): string =>
  te(`languages.fields.${field}`) ? t(`languages.fields.${field}`) : field;
