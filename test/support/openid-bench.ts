import request, { type Response } from 'supertest';
import { startApi, type RunningApi } from './api.ts';
import { OpenIdBrowser, PUBLIC_URL } from './openid-browser.ts';
import { OpenIdProviderServer, type Person } from './openid-provider.ts';
import { createSite } from './scripted-agent.ts';

/** A site that is in the settings and was removed. */
export const GONE = '01a20bac-7abe-74ff-a112-9ae128132374';
/** What a claim may hold of somebody who means ill. */
export const HOSTILE = '<img src=x onerror=alert(1)>\u202E\u0000\u001B[31m"\'&';

export interface Who {
  id: string;
  name: string;
  role: string | null;
  sites: { siteId: string; role: string }[];
}

export const person = (sub: string, groups: readonly string[], more: Partial<Person> = {}): Person => ({
  ...more,
  claims: { sub, preferred_username: `${sub}@contoso.example`, groups, ...more.claims },
});

/** The settings of an API whose people `provider` signs in. */
export const openIdEnv = (provider: OpenIdProviderServer, more: Record<string, string>) => ({
  ...provider.env,
  MAILPATH_PUBLIC_URL: PUBLIC_URL,
  // Each browser has an address of its own: the limits go by it.
  MAILPATH_TRUSTED_PROXIES: '127.0.0.1',
  ...more,
});

/** An API with a site, a provider, and roles for the groups and app roles of the specs. */
export class OpenIdBench {
  readonly api: RunningApi;
  readonly provider: OpenIdProviderServer;
  readonly siteId: string;

  private constructor(api: RunningApi, provider: OpenIdProviderServer, siteId: string) {
    this.api = api;
    this.provider = provider;
    this.siteId = siteId;
  }

  static async start(): Promise<OpenIdBench> {
    const provider = await OpenIdProviderServer.start();
    const first = await startApi();
    // Its id stands in the settings.
    const siteId = await createSite(first, { name: 'Osaka' });
    await first.app.close();
    const rules = [
      'group:admins=administrator',
      'group:viewers=viewer',
      `app-role:Mail=Desk=operator@${siteId}`,
      `group:both=viewer@${siteId}`,
      `group:moved=operator@${GONE}`,
    ];
    const env = openIdEnv(provider, { MAILPATH_OPENID_ROLES: rules.join(', ') });
    return new OpenIdBench(await startApi({ database: first.database, env }), provider, siteId);
  }

  async stop(): Promise<void> {
    await this.api.close();
    await this.api.database.drop();
    await this.provider.stop();
  }

  /** As it was at the start. */
  reset(): void {
    const strict = { refusal: null, isDown: false, knowsClient: true };
    Object.assign(this.provider, { person: person('aiko', ['admins']), ...strict });
  }

  browser(language?: string): OpenIdBrowser {
    return new OpenIdBrowser(this.api, language);
  }

  admin(method: 'get' | 'post' | 'patch' | 'delete', path: string) {
    return request(this.api.server)[method](path).auth(this.api.apiKey, { type: 'bearer' });
  }

  /** Null for a browser without a session. */
  async whoIs(browser: OpenIdBrowser): Promise<Who | null> {
    const { status, body } = await browser.get('/v1/session');
    return status === 200 ? (body as Who) : null;
  }

  /** Who a person is once they have signed in. */
  async signedIn(next: Person): Promise<Who | null> {
    this.provider.person = next;
    const browser = this.browser();
    await browser.signIn();
    return this.whoIs(browser);
  }

  /**
   * What a sign-in that is refused comes to: status, and whether it left a session, a user, or an answer that is no
   * harmless page.
   */
  async tried(work: (browser: OpenIdBrowser) => Promise<Response>) {
    const browser = this.browser();
    const before = await this.#users();
    const { status, text, headers } = await work(browser);
    return {
      status,
      text,
      isPage: headers['content-type'] === 'text/html; charset=utf-8',
      runsNothing: String(headers['content-security-policy']).startsWith("default-src 'none'"),
      hasSession: browser.cookies.has('mailpath_session'),
      newUsers: (await this.#users()) - before,
    };
  }

  async #users(): Promise<number> {
    const [{ count }] = (await this.api.database.query('select count(*)::int as count from users')) as [
      { count: number },
    ];
    return count;
  }
}

/** What every refusal is, beside its status and words. */
export const refusedWith = (status: number) => ({
  status,
  isPage: true,
  runsNothing: true,
  hasSession: false,
  newUsers: 0,
});
