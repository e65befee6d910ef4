import { keepUserErrors, watched } from './recorded-errors.js';

export interface GraphqlAnswer<T> {
  data: T;
  errors?: { message: string; path?: string[]; extensions: { code: string } }[];
}

/** Any JSON: tests assert what they look at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an untyped answer reads better in a test than a cast per line
export type Answer = Record<string, any>;

/** A browser's worth of HTTP: keeps its cookies, speaks English unless told otherwise. */
export class GraphqlClient {
  private readonly cookies = new Map<string, string>();

  constructor(
    readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** The data of a request that must succeed. @throws Error with the GraphQL errors */
  async ask(query: string, variables: object = {}): Promise<Answer> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Data and errors as they came. */
  async send(query: string, variables: object = {}): Promise<GraphqlAnswer<Answer>> {
    const asked = watched(query);
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        // As our own clients do: a test's shop does not know its port beforehand.
        'x-vitrine-urls': 'relative',
        cookie: this.cookieHeader(),
        ...this.headers,
      },
      body: JSON.stringify({ query: asked.query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    const answer = (await response.json()) as GraphqlAnswer<Answer>;
    keepUserErrors(answer.data, asked);
    return answer;
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same browser with another language set. */
  inLanguage(language: string): GraphqlClient {
    const headers = { ...this.headers, 'accept-language': language };
    return new GraphqlClient(this.url, headers).shareCookiesWith(this);
  }

  /** Gives the client another one's cookies, as a second tab of the same browser has them. */
  shareCookiesWith(other: GraphqlClient): this {
    for (const [name, value] of other.cookies) this.cookies.set(name, value);
    return this;
  }
}
