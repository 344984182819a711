import { createHash } from 'node:crypto';
import type { Application, Tenant } from '../directory.ts';
import { issuerOf } from './authority.ts';
import type { Entra } from './entra.ts';
import type { Grant } from './grants.ts';
import { applicationResource, consented, readScopes } from './scopes.ts';
import { activeUser } from './users.ts';

/** RFC 6749, section 5.1, with what Entra ID adds. */
export interface TokenAnswer {
  token_type: 'Bearer';
  scope?: string;
  expires_in: number;
  ext_expires_in: number;
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  /** Asked for by `client_info=1`: base64url JSON of the user's and the tenant's id. */
  client_info?: string;
}

interface Wanted {
  application: Application;
  tenant: Tenant;
  grant: Grant;
  /** `scope` of this request; the grant's own when it has none. */
  scope: string | null;
  nonce: string | null;
  clientInfo: boolean;
  singlePage: boolean;
  /** The host that the client called. */
  host: string | undefined;
}

/** The tokens of a user, for the one resource that is asked for. */
export async function userTokens({ world, grants }: Entra, wanted: Wanted): Promise<TokenAnswer> {
  const { application, tenant, grant } = wanted;
  const user = activeUser(world.directory, grant.userName);
  const asked = readScopes(wanted.scope ?? grant.scope);
  const names = consented(application, asked);
  const issuedAt = Math.floor(world.now() / 1000);
  const subject = {
    userName: user.userName,
    objectId: user.objectId,
    clientId: application.clientId,
    tenantId: tenant.id,
    scopes: names,
    roles: [],
    isPublicClient: application.platform === 'public',
  };
  const seconds = tenant.accessTokenSeconds;
  const answer: TokenAnswer = {
    token_type: 'Bearer',
    scope: names.map((name) => `${asked.resource}/${name}`).join(' '),
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: await world.tokens.issue(subject, asked.resource, issuedAt, seconds),
  };
  if (asked.openId.has('offline_access')) {
    const { clientId, userName } = grant;
    const scope = wanted.scope ?? grant.scope;
    const { singlePage } = wanted;
    answer.refresh_token = grants.addRefreshToken({
      clientId,
      userName,
      scope,
      singlePage,
      issuedAt: world.now(),
    });
  }
  if (asked.openId.has('openid')) {
    answer.id_token = await world.tokens.sign({
      aud: application.clientId,
      iss: issuerOf(wanted.host, tenant.id),
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + seconds,
      ...(wanted.nonce === null ? {} : { nonce: wanted.nonce }),
      ...(asked.openId.has('profile') ? { name: user.userName, preferred_username: user.userName } : {}),
      oid: user.objectId,
      sub: digest(`${application.clientId} ${user.objectId}`).toString('base64url'),
      tid: tenant.id,
      ver: '2.0',
    });
  }
  if (wanted.clientInfo) {
    const ids = JSON.stringify({ uid: user.objectId, utid: tenant.id });
    answer.client_info = Buffer.from(ids).toString('base64url');
  }
  return answer;
}

/** The application's own token: no user, no refresh token (RFC 6749, section 4.4.3). */
export async function applicationTokens(
  { world }: Entra,
  application: Application,
  tenant: Tenant,
  scope: string,
): Promise<TokenAnswer> {
  const resource = applicationResource(scope);
  const subject = {
    userName: null,
    objectId: enterpriseObjectId(application),
    clientId: application.clientId,
    tenantId: tenant.id,
    scopes: [],
    roles: application.roles,
  };
  const seconds = tenant.accessTokenSeconds;
  const issuedAt = Math.floor(world.now() / 1000);
  const token = await world.tokens.issue(subject, resource, issuedAt, seconds);
  return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token };
}

/** The enterprise application's object id, the same at every start. */
function enterpriseObjectId({ clientId }: Application): string {
  const hex = digest(`enterprise application ${clientId}`).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
