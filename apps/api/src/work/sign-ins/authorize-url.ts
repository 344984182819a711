import { createHash, randomBytes } from 'node:crypto';
import { authorizeScope } from '../../fleet/tasks/mail-scopes.ts';
import { loginOrigin } from '../../estate/sites/login-origin.ts';
import type { Site } from '../../estate/sites/site.ts';

/** 256 random bits, for state and code verifier alike. */
export const randomText = (): string => randomBytes(32).toString('base64url');

/** The address at which a person signs in (RFC 6749, section 4.1.1, with PKCE). */
export function authorizeUrl(
  site: Pick<Site, 'cloud' | 'targets' | 'inboundProtocol'>,
  given: {
    tenant: string;
    clientId: string;
    redirectUri: string;
    userName: string;
    state: string;
    codeVerifier: string;
  },
): string {
  const url = new URL(loginOrigin(site));
  url.pathname = `/${given.tenant}/oauth2/v2.0/authorize`;
  url.search = new URLSearchParams({
    client_id: given.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: given.redirectUri,
    scope: authorizeScope(site),
    // The password is asked for, whoever is logged in to the workstation (S28 to S33).
    prompt: 'login',
    login_hint: given.userName,
    state: given.state,
    code_challenge: createHash('sha256').update(given.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}
