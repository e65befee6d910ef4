import type { Language } from '../../kernel/languages.js';

/**
 * A link that opens something without signing in, as the model of a mail holds it. The link itself is made when the mail is
 * sent, and stored nowhere: who reads the table of mails, or a copy of it, opens nothing.
 */
export interface SecretLink {
  /** Whose `secretLinks` of the modules makes it. */
  readonly secretLink: string;
  /** Of what it opens. */
  readonly id: string;
  /** Which page, where there are several. */
  readonly page?: string;
}

/** A model as it is stored with a mail: a link of it may be a secret. */
export type StoredModel<Model extends object> = {
  readonly [Field in keyof Model]: string extends Model[Field] ? Model[Field] | SecretLink : Model[Field];
};

/** Makes a link. Null when it would open nothing (any more): its mail is then not sent. */
export type LinkMaker = (
  link: Omit<SecretLink, 'secretLink'> & { readonly language: Language },
) => Promise<string | null>;

/** The links that the modules of a process make. */
export class SecretLinks {
  private readonly makers = new Map<string, LinkMaker>();

  /** @throws Error for a second maker of the same name */
  add(name: string, maker: LinkMaker): void {
    if (this.makers.has(name)) throw new Error(`Two modules make the links ${name}`);
    this.makers.set(name, maker);
  }

  /**
   * The model with its links, in the language of the mail; null when one of them opens nothing any more.
   *
   * @throws Error for a link that no module makes (any more)
   */
  async fill(model: object, language: Language): Promise<object | null> {
    const filled: Record<string, unknown> = { ...model };
    for (const [field, value] of Object.entries(filled)) {
      if (!isSecretLink(value)) continue;
      const make = this.makers.get(value.secretLink);
      if (!make) throw new Error(`No module makes the links ${value.secretLink}`);
      filled[field] = await make({ ...value, language });
      if (filled[field] === null) return null;
    }
    return filled;
  }
}

function isSecretLink(value: unknown): value is SecretLink {
  return typeof value === 'object' && value !== null && 'secretLink' in value;
}
