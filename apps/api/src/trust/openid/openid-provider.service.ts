import { Inject, Injectable, Logger } from '@nestjs/common';
import * as openid from 'openid-client';
import { type ApiConfig, CONFIG } from '../../platform/config.ts';
import { MailpathError } from '../../platform/errors.ts';
import type { RoleRule } from '../../platform/openid-settings.ts';
import { derivedFrom } from './openid-cookie.ts';
import type { Claims } from './person.ts';
import { OpenIdRefusal } from './refusal.ts';
import { openIdNotSetUp } from '../refusals.ts';

const CALLBACK_PATH = '/v1/session/openid/callback';
/** For each request to the provider. */
const ANSWER_SECONDS = 10;
/** How far the clocks of the provider and of this machine may differ. */
const TOLERANCE_SECONDS = 60;
/** After this the provider is asked again what it can do and where. */
const KNOWN_MS = 60 * 60_000;

interface Settings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly rules: readonly RoleRule[];
  readonly publicUrl: string;
}

/** Words of an answer, as far as they are those of RFC 6749; anything else is not repeated. */
const wordOf = (error: string): string => (/^[a-z_]{1,40}$/.test(error) ? error : 'an unknown error');

/** The one provider of the settings: discovery, the address of its sign-in page, and what a code proves. */
@Injectable()
export class OpenIdProvider {
  readonly #logger = new Logger('OpenID');
  readonly #settings: Settings | null;
  #known: { configuration: Promise<openid.Configuration>; until: number } | null = null;

  constructor(@Inject(CONFIG) config: ApiConfig) {
    this.#settings = settingsIn(config);
  }

  get isOffered(): boolean {
    return this.#settings !== null;
  }

  /** Throws not-found where sign-in by OpenID Connect is not set up. */
  get settings(): Settings {
    if (this.#settings) return this.#settings;
    throw new MailpathError('not-found', openIdNotSetUp());
  }

  /** Whether browsers reach Mailpath by TLS alone. */
  get isSecure(): boolean {
    return this.settings.publicUrl.startsWith('https:');
  }

  /** Where the browser goes to sign in. Throws OpenIdRefusal while the provider does not answer. */
  async authorizeUrl(secret: string, state: string): Promise<string> {
    const { publicUrl } = this.settings;
    const { nonce, verifier } = derivedFrom(secret, state);
    const asked = openid.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: `${publicUrl}${CALLBACK_PATH}`,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return asked.href;
  }

  /**
   * Redeems the code of an answer and checks the ID token: signature, issuer, audience, times, nonce. `search` is the
   * query of the callback. Throws OpenIdRefusal.
   */
  async claimsOf(search: string, secret: string, state: string): Promise<Claims & openid.IDToken> {
    const { nonce, verifier } = derivedFrom(secret, state);
    const configuration = await this.#configuration();
    try {
      const tokens = await openid.authorizationCodeGrant(
        configuration,
        new URL(`${this.settings.publicUrl}${CALLBACK_PATH}${search}`),
        { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
      );
      const claims = tokens.claims();
      if (claims) return claims;
    } catch (error) {
      throw this.#refusalOf(error);
    }
    throw new OpenIdRefusal({ why: 'not-proven' });
  }

  #configuration(): Promise<openid.Configuration> {
    const now = performance.now();
    if (this.#known && now < this.#known.until) return this.#known.configuration;
    const configuration = this.#discover().catch((error: unknown) => {
      // Whoever comes next asks again; whoever came meanwhile has waited for the same answer.
      this.#known = null;
      this.#tell('discovery failed', error);
      throw new OpenIdRefusal({ why: 'provider-down' }, error);
    });
    this.#known = { configuration, until: now + KNOWN_MS };
    return configuration;
  }

  #discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    return openid.discovery(
      issuer,
      clientId,
      { client_secret: clientSecret, [openid.clockTolerance]: TOLERANCE_SECONDS },
      undefined,
      {
        timeout: ANSWER_SECONDS,
        execute: [
          // The library trusts the TLS of the token endpoint instead; a proxy that opens it could then make anybody.
          openid.enableNonRepudiationChecks,
          // The settings accept http for localhost alone.
          ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
  }

  #refusalOf(error: unknown): OpenIdRefusal {
    this.#tell('a code was not accepted', error);
    if (error instanceof openid.AuthorizationResponseError) {
      const number = /\bAADSTS\d{4,9}\b/.exec(error.error_description ?? '')?.[0];
      const words = [wordOf(error.error), number].filter((each) => each !== undefined);
      return new OpenIdRefusal({ why: 'provider-refused', error: words.join(', ') });
    }
    if (error instanceof openid.ResponseBodyError && error.error !== 'invalid_grant')
      return new OpenIdRefusal({ why: 'client-refused', error: wordOf(error.error) });
    if (error instanceof openid.WWWAuthenticateChallengeError)
      return new OpenIdRefusal({ why: 'client-refused', error: 'invalid_client' });
    return new OpenIdRefusal({ why: isDown(error) ? 'provider-down' : 'not-proven' }, error);
  }

  /** The library's own words, which hold no token, and the number of its kind; never what the provider sent. */
  #tell(what: string, error: unknown): void {
    const { name, code } = (error ?? {}) as { name?: string; code?: unknown };
    this.#logger.warn({ event: 'openid', message: what, error: name, code });
  }
}

/** Not reached, too slow, or an answer that is no answer of a provider. */
function isDown(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  const answers = [
    'OAUTH_TIMEOUT',
    'OAUTH_ABORT',
    'OAUTH_RESPONSE_IS_NOT_CONFORM',
    'OAUTH_RESPONSE_IS_NOT_JSON',
  ];
  // fetch throws a TypeError without a code; the library's own have one.
  return (error instanceof TypeError && code === undefined) || answers.includes(String(code));
}

function settingsIn(config: ApiConfig): Settings | null {
  const { MAILPATH_OPENID_ISSUER: issuer, MAILPATH_OPENID_CLIENT_ID: clientId } = config;
  const { MAILPATH_OPENID_CLIENT_SECRET: clientSecret, MAILPATH_OPENID_ROLES: rules } = config;
  const publicUrl = config.MAILPATH_PUBLIC_URL;
  if (!issuer || !clientId || !clientSecret || !rules || !publicUrl) return null;
  return { issuer: new URL(issuer), clientId, clientSecret, rules, publicUrl };
}
