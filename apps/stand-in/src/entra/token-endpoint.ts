import { createHash } from 'node:crypto';
import type { Application, Tenant } from '../directory.ts';
import { readForm, sendJson } from '../web/message.ts';
import { isShared, tenantOf, tenantOfSignIn } from './authority.ts';
import { proveByAssertion } from './client-assertion.ts';
import { applicationOf, authenticate, credentialsIn, required } from './client-authentication.ts';
import { redeemDeviceCode } from './device-grant.ts';
import type { EntraCall } from './entra.ts';
import { EntraError } from './entra-error.ts';
import { answeredByHttpFault, refuseByFault } from './entra-faults.ts';
import type { CodeGrant, Grant, RefreshGrant } from './grants.ts';
import { applicationTokens, userTokens, type TokenAnswer } from './token-answer.ts';

const CODE_LIFETIME_MS = 10 * 60_000;
const REFRESH_LIFETIME_MS = 90 * 86_400_000;
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

interface TokenRequest extends EntraCall {
  form: URLSearchParams;
  application: Application;
}

/** The token endpoint (RFC 6749, section 3.2). */
export async function answerToken(call: EntraCall): Promise<void> {
  const { entra, request, response, address, tenant: segment } = call;
  const { directory, faults, now } = entra.world;
  const form = await readForm(request);
  const name = form ? subjectOf(call, form) : undefined;
  if (answeredByHttpFault(response, faults, address, name)) return;
  if (!form) throw new EntraError(900144, { text: missing('grant_type') });
  refuseByFault('token', faults, address, name);
  const grantType = required(form, 'grant_type');
  if (![...Object.keys(FLOWS), 'client_credentials'].includes(grantType)) throw new EntraError(70003);
  if (form.has('resource')) throw new EntraError(901002);
  const ofApplication = grantType === 'client_credentials';
  if (ofApplication && isShared(segment)) throw new EntraError(50059);
  const tenant = ofApplication ? tenantOf(directory, segment) : tenantOfSignIn(directory, segment);
  const { clientId, secret, assertion } = credentialsIn(form, request.headers.authorization);
  const application = applicationOf(directory, clientId);
  if (ofApplication && secret === null && assertion === null) throw new EntraError(7000218);
  if (assertion === null) authenticate(application, secret, now());
  else
    await proveByAssertion(application, assertion, {
      audiences: [segment, tenant.id, tenant.domain].map(
        (each) => `https://${request.headers.host}/${each}/oauth2/v2.0/token`,
      ),
      used: entra.usedAssertions,
      now: now(),
    });
  const flow = FLOWS[grantType];
  const answer = flow
    ? await flow({ ...call, form, application }, tenant)
    : await applicationTokens(entra, application, tenant, required(form, 'scope'));
  sendJson(response, 200, answer, { 'x-ms-request-id': call.trace.traceId });
}

type Flow = (request: TokenRequest, tenant: Tenant) => Promise<TokenAnswer>;

const FLOWS: Readonly<Record<string, Flow>> = {
  authorization_code: (request, tenant) => {
    const grant = redeemCode(request);
    const singlePage = request.application.platform === 'spa';
    return tokensFor(request, tenant, grant, { nonce: grant.nonce, singlePage });
  },
  refresh_token: (request, tenant) => {
    const grant = usableRefreshToken(request);
    return tokensFor(request, tenant, grant, { nonce: null, singlePage: grant.singlePage });
  },
  'urn:ietf:params:oauth:grant-type:device_code': deviceFlow,
  // Microsoft's short name for it, which MSAL still uses.
  device_code: deviceFlow,
};

function deviceFlow(request: TokenRequest, tenant: Tenant): Promise<TokenAnswer> {
  const { entra, form, application } = request;
  const grant = redeemDeviceCode(entra, required(form, 'device_code'), application);
  return tokensFor(request, tenant, grant, { nonce: null, singlePage: false });
}

function tokensFor(
  { entra, form, application, request }: TokenRequest,
  tenant: Tenant,
  grant: Grant,
  how: { nonce: string | null; singlePage: boolean },
): Promise<TokenAnswer> {
  const scope = form.get('scope');
  if (scope !== null && scope.trim() === '') throw new EntraError(28003);
  const clientInfo = form.get('client_info') === '1';
  return userTokens(entra, {
    application,
    tenant,
    grant,
    scope,
    clientInfo,
    host: request.headers.host,
    ...how,
  });
}

/** RFC 6749, section 4.1.3, and RFC 7636, section 4.6. */
function redeemCode({ entra, form, application }: TokenRequest): CodeGrant {
  const grant = entra.grants.code(required(form, 'code'));
  if (!grant) throw new EntraError(9002313);
  if (grant.clientId !== application.clientId) throw ofAnotherClient();
  if (grant.redeemed) throw new EntraError(54005);
  if (entra.world.now() - grant.issuedAt > CODE_LIFETIME_MS) throw new EntraError(70008);
  const redirectUri = required(form, 'redirect_uri');
  if (redirectUri !== grant.redirectUri) {
    throw new EntraError(500112, {
      text: `The reply address '${redirectUri}' does not match the reply address '${grant.redirectUri}' provided when requesting Authorization code.`,
    });
  }
  proveVerifier(grant, form.get('code_verifier'));
  grant.redeemed = true;
  return grant;
}

function proveVerifier({ challenge }: CodeGrant, verifier: string | null): void {
  if (challenge === null && verifier === null) return;
  if (challenge === null || verifier === null) throw new EntraError(501481);
  if (!VERIFIER.test(verifier))
    throw new EntraError(501491, { text: 'Invalid size of Code_Verifier parameter.' });
  const hashed = createHash('sha256').update(verifier).digest('base64url');
  if (challenge.value !== (challenge.method === 'S256' ? hashed : verifier)) throw new EntraError(501481);
}

/** RFC 6749, section 6. Every use gives a new one, and the old ones stay good. */
function usableRefreshToken({ entra, form, application }: TokenRequest): RefreshGrant {
  const grant = entra.grants.refreshToken(required(form, 'refresh_token'));
  if (!grant) throw new EntraError(9002313);
  if (grant.clientId !== application.clientId) throw ofAnotherClient();
  if (grant.singlePage) throw new EntraError(700084);
  if (entra.world.now() - grant.issuedAt > REFRESH_LIFETIME_MS) throw new EntraError(700082);
  return grant;
}

const ofAnotherClient = (): EntraError =>
  new EntraError(70000, { text: 'The provided grant was issued to a different client id.' });

const missing = (name: string): string => `The request body must contain the following parameter: '${name}'.`;

/**
 * The user whose grant is presented, or the application itself: the name by which a fault may be meant for it alone.
 */
function subjectOf({ entra }: EntraCall, form: URLSearchParams): string | undefined {
  const { grants } = entra;
  const grant =
    grants.code(form.get('code') ?? '') ??
    grants.refreshToken(form.get('refresh_token') ?? '') ??
    grants.device(form.get('device_code') ?? '');
  return (grant ? grant.userName : form.get('client_id')) ?? undefined;
}
