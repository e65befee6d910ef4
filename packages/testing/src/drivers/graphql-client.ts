import type { Answer } from './answer.js';
import { keepUserErrors, watched } from './recorded-errors.js';

export type { Answer } from './answer.js';

export interface GraphqlAnswer<T> {
  data: T;
  errors?: { message: string; path?: string[]; extensions: { code: string } }[];
}

/** A GraphQL client with cookies, in English by default. */
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

  /**
   * The payload of a mutation that takes one input.
   *
   * @throws Error with the mutation's errors, when there are any
   */
  async do(name: string, type: string, input: object, fields = ''): Promise<Answer> {
    const text = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`;
    const payload = (await this.ask(text, { input }))[name] as Answer;
    if (payload['errors'].length > 0) throw new Error(`${name}: ${JSON.stringify(payload['errors'])}`);
    return payload;
  }

  /** The raw data and errors. */
  async send(query: string, variables: object = {}): Promise<GraphqlAnswer<Answer>> {
    const asked = watched(query);
    const answer = await this.post(JSON.stringify({ query: asked.query, variables }));
    keepUserErrors(answer.data, asked);
    return answer;
  }

  /** Sends the body of a request. Overridden where something else than this process talks to the API. */
  protected async post(body: string): Promise<GraphqlAnswer<Answer>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        // Sends the headers of the shop's own clients, because the port of a test shop is not known in advance.
        'x-vitrine-urls': 'relative',
        cookie: this.cookieHeader(),
        ...this.headers,
      },
      body,
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return (await response.json()) as GraphqlAnswer<Answer>;
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same client with another language. */
  inLanguage(language: string): GraphqlClient {
    const headers = { ...this.headers, 'accept-language': language };
    return new GraphqlClient(this.url, headers).shareCookiesWith(this);
  }

  /** Copies the cookies of another client, as for a second tab of one browser. */
  shareCookiesWith(other: GraphqlClient): this {
    for (const [name, value] of other.cookies) this.cookies.set(name, value);
    return this;
  }
}
