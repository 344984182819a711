import { Injectable } from '@nestjs/common';
import { MailpathError } from '../../platform/errors.ts';
import { GuessLimit } from '../../platform/guess-limit.ts';
import type { Caller } from '../../platform/http/caller.ts';
import type { BrowserName } from '../access/browser-name.ts';
import { Sessions } from '../access/sessions.service.ts';
import { makeSecret } from './openid-cookie.ts';
import { OpenIdProvider } from './openid-provider.service.ts';
import { OpenIdStarts } from './openid-starts.service.ts';
import { OpenIdUsers } from '../access/openid-users.service.ts';
import { nameIn, rolesOf } from './person.ts';
import { OpenIdRefusal } from './refusal.ts';
import { tooManyRefusedSignIns } from '../refusals.ts';

/** At most 255 characters of ASCII (OpenID Connect Core 1.0, section 2). */
const SUBJECT = /^[\x20-\x7e]{1,255}$/;

/** From the button on the sign-in page to the session. */
@Injectable()
export class OpenIdSignIns {
  readonly #refused = new GuessLimit();

  constructor(
    private readonly provider: OpenIdProvider,
    private readonly starts: OpenIdStarts,
    private readonly users: OpenIdUsers,
    private readonly sessions: Sessions,
  ) {}

  /** Where the browser goes, and the secret that it keeps. Throws OpenIdRefusal while the provider is down. */
  async begin(known: string | null, returnPath: string): Promise<{ url: string; secret: string }> {
    const secret = known ?? makeSecret();
    const state = makeSecret();
    const url = await this.provider.authorizeUrl(secret, state);
    await this.starts.begin(secret, state, returnPath);
    return { url, secret };
  }

  /**
   * Who has signed in, the token of a new session and the page that was asked for. `search` is the query of the
   * callback. Throws OpenIdRefusal, and too-many-requests after ten refusals of an address in a minute.
   */
  async complete(
    { search, state }: { search: string; state: string | undefined },
    secret: string | null,
    address: string,
    browser: BrowserName,
  ): Promise<{ caller: Caller; token: string; returnPath: string }> {
    return this.#refused.tried(
      address,
      () => this.#complete(search, state, secret, browser),
      (error) => error instanceof OpenIdRefusal && error.code === 'unauthorized',
      (wait) =>
        new MailpathError('too-many-requests', tooManyRefusedSignIns({ seconds: wait }), {
          retryAfterSeconds: wait,
        }),
    );
  }

  async #complete(search: string, state: string | undefined, secret: string | null, browser: BrowserName) {
    const returnPath =
      secret !== null && state !== undefined ? await this.starts.finish(secret, state) : null;
    if (returnPath === null || secret === null || state === undefined)
      throw new OpenIdRefusal({ why: 'not-begun' });
    const claims = await this.provider.claimsOf(search, secret, state);
    if (!SUBJECT.test(claims.sub)) throw new OpenIdRefusal({ why: 'not-proven' });
    const caller = await this.#callerOf(claims);
    return { caller, token: await this.sessions.begin({ userId: caller.id }, browser), returnPath };
  }

  async #callerOf(claims: Awaited<ReturnType<OpenIdProvider['claimsOf']>>): Promise<Caller> {
    const identity = { issuer: claims.iss, subject: claims.sub };
    try {
      const roles = rolesOf(claims, this.provider.settings.rules);
      const caller = await this.users.renew(identity, nameIn(claims) ?? claims.sub.slice(0, 100), roles);
      if (caller) return caller;
      throw new OpenIdRefusal({ why: 'no-role', groups: [], appRoles: [] });
    } catch (error) {
      if (error instanceof OpenIdRefusal && error.code === 'forbidden') await this.users.strip(identity);
      throw error;
    }
  }
}
