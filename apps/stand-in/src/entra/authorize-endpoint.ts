import { randomUUID } from 'node:crypto';
import type { Application } from '../directory.ts';
import { readForm, sendHtml, sendRedirect } from '../web/message.ts';
import { tenantOfSignIn } from './authority.ts';
import { applicationOf, required } from './client-authentication.ts';
import type { EntraCall } from './entra.ts';
import { descriptionOf, EntraError, errorUriOf } from './entra-error.ts';
import { refuseByFault } from './entra-faults.ts';
import type { CodeGrant } from './grants.ts';
import { requireRegistered } from './redirect-uri.ts';
import { consented, readScopes } from './scopes.ts';
import { formPost, signInForm } from './sign-in-page.ts';
import { signIn } from './users.ts';

const CHALLENGE = /^[A-Za-z0-9\-._~]{43,128}$/;

/** How the answer goes back to the application. */
interface Back {
  redirectUri: string;
  mode: 'query' | 'fragment' | 'form_post';
  state: string | null;
}

/**
 * The authorization endpoint (RFC 6749, section 4.1.1). What is wrong with the tenant, the client or the redirect URI
 * is shown to the browser and never sent on; anything else goes to the redirect URI.
 */
export async function answerAuthorize(call: EntraCall): Promise<void> {
  const { entra, query, tenant } = call;
  const { directory } = entra.world;
  tenantOfSignIn(directory, tenant);
  const application = applicationOf(directory, required(query, 'client_id'));
  const redirectUri = requireRegistered(application, query.get('redirect_uri'));
  const back = { redirectUri, mode: modeIn(query), state: query.get('state') };
  try {
    await authorize(call, application, back);
  } catch (error) {
    if (!(error instanceof EntraError) || !SENT_BACK.has(error.answer.code)) throw error;
    sendBack(call, back, {
      error: error.answer.error,
      error_description: descriptionOf(error, call.trace),
      error_uri: errorUriOf(error),
    });
  }
}

function modeIn(query: URLSearchParams): Back['mode'] {
  const mode = query.get('response_mode') ?? 'query';
  if (mode === 'query' || mode === 'fragment' || mode === 'form_post') return mode;
  throw new EntraError(70007, { text: `The 'response_mode' value '${mode}' is not supported.` });
}

/**
 * What the application hears of. A wrong password is for the person at the form to mend; the rest stays on the error
 * page.
 */
const SENT_BACK: ReadonlySet<number> = new Set([
  50058, 50147, 501491, 500011, 65001, 65004, 70011, 700022, 700054, 900144,
]);

async function authorize(call: EntraCall, application: Application, back: Back): Promise<void> {
  const { entra, request, response, query, address } = call;
  const { faults, directory, now } = entra.world;
  const scope = wellFormed(query);
  const hint = query.get('login_hint') ?? '';
  // What is wrong with the request is said before anybody's session is looked for.
  if (request.method !== 'POST') refuseByFault('authorize', faults, address, hint);
  if (query.get('prompt') === 'none') throw new EntraError(50058);
  if (request.method !== 'POST') {
    return sendHtml(response, 200, signInForm(hint, application.clientId));
  }
  const form = (await readForm(request)) ?? new URLSearchParams();
  if (form.get('action') === 'decline') throw new EntraError(65004);
  const user = signIn(directory, form.get('login') ?? '', form.get('passwd') ?? '');
  refuseByFault('authorize', faults, address, user.userName);
  consented(application, readScopes(scope, { severalResources: true }));
  const code = entra.grants.addCode({
    clientId: application.clientId,
    userName: user.userName,
    scope,
    redirectUri: back.redirectUri,
    challenge: challengeIn(query),
    nonce: query.get('nonce'),
    issuedAt: now(),
  });
  const ids = { uid: user.objectId, utid: directory.tenant.id };
  sendBack(call, back, {
    code,
    ...(query.get('client_info') === '1'
      ? { client_info: Buffer.from(JSON.stringify(ids)).toString('base64url') }
      : {}),
    session_state: randomUUID(),
  });
}

/** Checks what can be checked before anybody signs in; answers the scope. */
function wellFormed(query: URLSearchParams): string {
  const responseType = required(query, 'response_type');
  if (responseType !== 'code') {
    throw new EntraError(700054, {
      text: `response_type '${responseType}' is not enabled for the application.`,
    });
  }
  const scope = required(query, 'scope');
  readScopes(scope, { severalResources: true });
  challengeIn(query);
  return scope;
}

/** RFC 7636, section 4.3. */
function challengeIn(query: URLSearchParams): CodeGrant['challenge'] {
  const value = query.get('code_challenge');
  const method = query.get('code_challenge_method') ?? 'plain';
  if (value === null) return null;
  if (!CHALLENGE.test(value)) throw new EntraError(501491);
  if (method === 'S256' || method === 'plain') return { value, method };
  throw new EntraError(50147, { text: `The code_challenge_method '${method}' is not supported.` });
}

function sendBack(
  { response }: EntraCall,
  { redirectUri, mode, state }: Back,
  values: Record<string, string>,
): void {
  const all = state === null ? values : { ...values, state };
  if (mode === 'form_post') return sendHtml(response, 200, formPost(redirectUri, all));
  const url = new URL(redirectUri);
  if (mode === 'fragment') url.hash = new URLSearchParams(all).toString();
  else for (const [name, value] of Object.entries(all)) url.searchParams.append(name, value);
  sendRedirect(response, url.href);
}
