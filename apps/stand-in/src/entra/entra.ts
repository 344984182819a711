import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EntraEndpoint } from '../custom-answer.ts';
import type { World } from '../world.ts';
import { answeredByWebFault } from '../web/web-fault.ts';
import { BodyTooLong, sendHtml, sendJson } from '../web/message.ts';
import { answerAuthorize } from './authorize-endpoint.ts';
import { isShared } from './authority.ts';
import { answerDeviceCode, answerDeviceSignIn } from './device-endpoints.ts';
import { instanceDiscovery, knownTenant, openIdConfiguration } from './discovery.ts';
import { EntraError, newTrace, sendError, sendErrorPage, type Trace } from './entra-error.ts';
import { refuseByFault } from './entra-faults.ts';
import type { UsedAssertions } from './client-assertion.ts';
import { Grants } from './grants.ts';
import { answerToken } from './token-endpoint.ts';

/** How the device flow is paced (RFC 8628, section 3.2). */
export interface DevicePace {
  intervalSeconds: number;
  expiresInSeconds: number;
}

/** Microsoft's. */
export const DEVICE_PACE: DevicePace = { intervalSeconds: 5, expiresInSeconds: 900 };

/** Entra ID: the state that its endpoints share. */
export interface Entra {
  world: World;
  grants: Grants;
  usedAssertions: UsedAssertions;
  devicePace: DevicePace;
}

/** One request to Entra ID. */
export interface EntraCall {
  entra: Entra;
  request: IncomingMessage;
  response: ServerResponse;
  /** The address of the stand-in that was reached. */
  address: string;
  /** First part of the path: the tenant, or a shared name. */
  tenant: string;
  query: URLSearchParams;
  trace: Trace;
}

/** What came in over HTTPS, and at which of the addresses. */
export interface WebRequest {
  address: string;
  url: URL;
  request: IncomingMessage;
  response: ServerResponse;
}

interface Endpoint {
  /** As faults call it. */
  name: EntraEndpoint;
  method: 'GET' | 'POST' | 'any';
  /** A page for people: refusals are pages too. */
  page?: true;
  answer: (call: EntraCall) => Promise<void> | void;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'discovery/instance': {
    name: 'instance',
    method: 'GET',
    answer: ({ response, query, request }) =>
      sendJson(response, 200, instanceDiscovery(query, request.headers.host)),
  },
  'v2.0/.well-known/openid-configuration': {
    name: 'discovery',
    method: 'GET',
    answer: ({ response, request, entra, tenant }) =>
      sendJson(response, 200, openIdConfiguration(entra.world.directory, tenant, request.headers.host)),
  },
  'discovery/v2.0/keys': {
    name: 'keys',
    method: 'GET',
    answer: ({ response, entra, tenant }) => {
      if (!isShared(tenant)) knownTenant(entra.world.directory, tenant);
      sendJson(response, 200, entra.world.tokens.keySet);
    },
  },
  'oauth2/v2.0/authorize': { name: 'authorize', method: 'any', page: true, answer: answerAuthorize },
  'oauth2/v2.0/token': { name: 'token', method: 'POST', answer: answerToken },
  'oauth2/v2.0/devicecode': { name: 'device-code', method: 'POST', answer: answerDeviceCode },
  'oauth2/deviceauth': { name: 'device-sign-in', method: 'any', page: true, answer: answerDeviceSignIn },
};

const NAMED: ReadonlySet<EntraEndpoint> = new Set(['token']);
const ASKS_ITSELF: ReadonlySet<EntraEndpoint> = new Set(['token', 'authorize', 'device-sign-in']);

/** Answers one request to a sign-in host. */
export async function answerAsEntra(
  entra: Entra,
  { address, url, request, response }: WebRequest,
): Promise<void> {
  const [, tenant = '', path = ''] = /^\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const endpoint = Object.hasOwn(ENDPOINTS, path) ? ENDPOINTS[path] : undefined;
  if (!endpoint) return sendHtml(response, 404, '<title>404</title><p>Not found.');
  const query = url.searchParams;
  const { faults } = entra.world;
  const wanted = query.get('client-request-id') ?? request.headers['client-request-id'];
  const trace = newTrace(entra.world.now(), typeof wanted === 'string' ? wanted : null);
  try {
    if (endpoint.method !== 'any' && request.method !== endpoint.method) throw wrongMethod(request, endpoint);
    // The token endpoint knows whose grant it is, and the pages know who signs in: they look for themselves.
    if (!NAMED.has(endpoint.name) && answeredByWebFault(response, faults, address, endpoint.name)) return;
    if (!ASKS_ITSELF.has(endpoint.name)) refuseByFault(endpoint.name, faults, address);
    await endpoint.answer({ entra, request, response, address, tenant: decoded(tenant), query, trace });
  } catch (error) {
    if (error instanceof BodyTooLong) {
      sendHtml(response, 413, '<title>413</title><p>Payload too large.', { connection: 'close' });
    } else if (!(error instanceof EntraError)) throw error;
    else if (endpoint.page) sendErrorPage(response, error, trace);
    else sendError(response, error, trace);
  }
}

function wrongMethod({ method }: IncomingMessage, endpoint: Endpoint): EntraError {
  if (endpoint.method === 'GET') return new EntraError(90023);
  return new EntraError(900561, {
    text: `The endpoint only accepts POST requests. Received a ${method} request.`,
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // No tenant is named like this, which is said of the text as it stands.
    return segment;
  }
}
