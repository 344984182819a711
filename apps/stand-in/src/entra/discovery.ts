import type { Directory } from '../directory.ts';
import { isShared, issuerOf, originOf, SIGN_IN_HOSTS, tenantOf } from './authority.ts';
import { EntraError } from './entra-error.ts';

/** OpenID Connect Discovery 1.0, section 3, for a tenant or for one of the shared names. */
export function openIdConfiguration(directory: Directory, segment: string, host: string | undefined): object {
  const shared = isShared(segment);
  const issuer = issuerOf(host, shared ? '{tenantid}' : knownTenant(directory, segment));
  const base = `${originOf(host)}/${shared ? segment.toLowerCase() : knownTenant(directory, segment)}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  };
}

/** Discovery has an error of its own for a tenant that does not exist. */
export function knownTenant(directory: Directory, segment: string): string {
  try {
    return tenantOf(directory, segment).id;
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    throw new EntraError(error.answer.code, { text: error.answer.text, error: 'invalid_tenant' });
  }
}

/** Which hosts are of the same cloud as an authority (`authorization_endpoint` of the question). */
export function instanceDiscovery(query: URLSearchParams, host: string | undefined): object {
  const asked = URL.parse(query.get('authorization_endpoint') ?? '');
  if (!asked || asked.protocol !== 'https:') throw new EntraError(50049, { error: 'invalid_instance' });
  const own = new URL(originOf(host)).host;
  const hosts = SIGN_IN_HOSTS.includes(asked.host) ? SIGN_IN_HOSTS : asked.host === own ? [own] : null;
  if (!hosts) throw new EntraError(50049, { error: 'invalid_instance' });
  const tenant = asked.pathname.split('/')[1] ?? 'common';
  return {
    tenant_discovery_endpoint: `https://${asked.host}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: hosts[0],
        preferred_cache: SIGN_IN_HOSTS.includes(asked.host) ? 'login.windows.net' : hosts[0],
        aliases: hosts,
      },
    ],
  };
}
