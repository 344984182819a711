import request, { type Response } from 'supertest';
import type { RunningApi } from './api.ts';

/** Where the settings of these tests say that Mailpath is; nothing listens there. */
export const PUBLIC_URL = 'http://localhost:8025';

let browsers = 0;

/** A browser as far as a sign-in needs one: cookies, an address of its own, and redirects one by one. */
export class OpenIdBrowser {
  readonly cookies = new Map<string, string>();
  readonly #api: RunningApi;
  readonly #address: string;
  readonly #language: string;

  constructor(api: RunningApi, language = 'en') {
    this.#api = api;
    this.#language = language;
    browsers += 1;
    this.#address = `192.0.2.${browsers}`;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** A path of the API, or an address below PUBLIC_URL. */
  async get(where: string): Promise<Response> {
    const answer = await request(this.#api.server).get(where.replace(PUBLIC_URL, '')).set({
      cookie: this.cookie,
      'x-forwarded-for': this.#address,
      'accept-language': this.#language,
      // As Firefox and Chromium write it where a page is opened.
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    });
    for (const set of (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    return answer;
  }

  /** Presses the button, and answers the address at the provider. */
  async begin(page = '/sites'): Promise<string> {
    const { status, headers } = await this.get(`/v1/session/openid?page=${encodeURIComponent(page)}`);
    if (status !== 303) throw new Error(`the start was answered ${status}`);
    return headers['location'] as string;
  }

  /** Goes to the provider, and answers the address that it leads back to. */
  async atProvider(url: string): Promise<string> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    return headers.get('location') ?? '';
  }

  /** From the button to the callback, and what the callback answers. */
  async signIn(page?: string): Promise<Response> {
    return this.get(await this.atProvider(await this.begin(page)));
  }
}
