import type { Configuration, ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node';
import { type Grant, isPublicClient, type Lease, type Target } from '@mailpath/protocol';
import type { CheckRun } from './check.ts';
import { claimsOf } from './claims.ts';
import type { Credential } from './credential.ts';
import { evidenceText } from './evidence-text.ts';
import { authorityOf } from './io/http.ts';
import type { LentRun } from './io/lent-run.ts';
import { MsalNetwork } from './io/msal-network.ts';
import type { TokenSet } from './io/tokens.ts';
import { PathError } from './path-error.ts';

/** The grant of one kind. */
type GrantOf<Kind extends Grant['kind']> = Extract<Grant, { kind: Kind }>;

/** What a check asks the library for, over the connection that stands. */
export interface Asking<Kind extends Grant['kind']> {
  grant: GrantOf<Kind>;
  lease: Lease;
  /** A client with the lease's secret or assertion, or a public one where there is neither. */
  client: () => ConfidentialClientApplication | PublicClientApplication;
  confidentialClient: () => ConfidentialClientApplication;
  publicClient: () => PublicClientApplication;
}

/**
 * Asks the sign-in host for a token: the web connection's phases, then `token` for everything that follows. The tokens
 * go to the run's credential and nowhere else; the sections `token` and `claims` tell of them.
 */
export async function requestToken<Kind extends Grant['kind']>(
  { run, network, credential }: LentRun,
  kind: Kind,
  ask: (asking: Asking<Kind>) => Promise<unknown>,
): Promise<void> {
  if (credential.lease.grant.kind !== kind)
    throw new Error(`a check for ${kind} was run without such a grant`);
  const { lease } = credential;
  // Heavy, and needed by few agents: loaded when it is needed first, and before a connection would wait for it.
  const msal = await import('@azure/msal-node');
  const socket = await network.openWeb();
  await run.phase('token', async () => {
    const library = new MsalNetwork(socket, { run, network, credential }, kind);
    const settings = settingsFor(lease, run.target, library);
    const confidentialClient = () =>
      new msal.ConfidentialClientApplication({
        ...settings,
        auth: { ...settings.auth, ...proofOf(lease) },
      });
    const publicClient = () => new msal.PublicClientApplication(settings);
    const client = () => (isPublicClient(lease) ? publicClient() : confidentialClient());
    const grant = lease.grant as GrantOf<Kind>;
    try {
      await ask({ grant, lease, client, confidentialClient, publicClient });
    } catch (error) {
      throw library.fault ?? ofTheLibrary(error, library);
    }
    if (!library.tokens) throw new Error('the token library came back without a token');
    keep(library.tokens, run, credential);
  });
}

/** By what a confidential client says who it is; one that has nothing shows that in the answer. */
const proofOf = ({ clientAssertion, clientSecret }: Lease) =>
  clientAssertion === null ? { clientSecret: clientSecret ?? '' } : { clientAssertion };

/** All that would be looked up is given, so that a token request is one POST, at whatever host and port. */
function settingsFor(lease: Lease, target: Target, network: MsalNetwork): Configuration {
  const place = authorityOf(target).toLowerCase();
  const authority = `https://${place}/${lease.tenant}`;
  return {
    auth: {
      clientId: lease.clientId,
      authority,
      knownAuthorities: [place],
      cloudDiscoveryMetadata: JSON.stringify({
        tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: place, preferred_cache: place, aliases: [place] }],
      }),
      authorityMetadata: JSON.stringify({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      }),
    },
    system: {
      networkClient: network,
      disableInternalRetries: true,
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false },
    },
  };
}

/** What MSAL itself finds wrong: with tokens that came, the other end is at fault, else we are. */
function ofTheLibrary(error: unknown, { tokens }: MsalNetwork): unknown {
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : '';
  if (code === 'device_code_expired')
    return new PathError('timeout', 'had nobody sign in before the device code expired');
  if (!tokens || code === '') return error;
  return new PathError(
    'unexpected-reply',
    `answered the token request with tokens that cannot be used (${evidenceText(code, 100)})`,
    { cause: error },
  );
}

function keep(tokens: TokenSet, run: CheckRun, credential: Credential): void {
  const { accessToken, expiresIn, refreshToken, idToken, scope } = tokens;
  run.record('token', {
    error: null,
    aadsts: null,
    suberror: null,
    description: null,
    timestamp: null,
    expiresIn,
    refreshToken: refreshToken !== null,
    scope: scope === null ? null : evidenceText(scope),
  });
  run.record('claims', claimsOf(accessToken, idToken));
  const { grant } = credential.lease;
  credential.obtained({
    accessToken,
    expiresAt: new Date(Date.now() + expiresIn * 1_000).toISOString(),
    // Where none came the one that was used stays good (RFC 6749, section 6).
    refreshToken: refreshToken ?? (grant.kind === 'refresh-token' ? grant.refreshToken : null),
  });
}
