import type { Application, DelegatedScope } from '../directory.ts';
import { EntraError } from './entra-error.ts';

/** What a request's `scope` asks for. */
export interface AskedScopes {
  /** URI of the one resource, without `/` at its end; Microsoft Graph when none is named. */
  resource: string;
  /** Permissions of the resource; empty for its `/.default`. */
  names: readonly string[];
  isDefault: boolean;
  /** Of OpenID Connect: openid, profile, email, offline_access. */
  openId: ReadonlySet<string>;
}

const OPEN_ID = ['openid', 'profile', 'email', 'offline_access'];
const GRAPH = 'https://graph.microsoft.com';
const OUTLOOK = ['https://outlook.office.com', 'https://outlook.office365.com'];
const MAIL: readonly string[] = [
  'IMAP.AccessAsUser.All',
  'POP.AccessAsUser.All',
  'SMTP.Send',
] satisfies DelegatedScope[];

/** Permissions that users may ask for, by resource; what Graph has for mail is there to be picked by mistake. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  [GRAPH]: [...MAIL, 'User.Read'],
  ...Object.fromEntries(OUTLOOK.map((host) => [host, MAIL])),
};

const resourceIn = (scope: string): string => scope.slice(0, scope.lastIndexOf('/'));

/**
 * Reads `scope` (RFC 6749, section 3.3). The authorization endpoint takes scopes of several resources, for the consent
 * alone; a token is for one.
 */
export function readScopes(text: string, { severalResources = false } = {}): AskedScopes {
  const all = text.split(' ').filter(Boolean);
  const openId = new Set(all.filter((scope) => OPEN_ID.includes(scope.toLowerCase())));
  const others = all
    .filter((scope) => !openId.has(scope))
    .map((scope) => (scope.includes('/') ? scope : `${GRAPH}/${scope}`));
  const resources = new Set(others.map(resourceIn));
  if (resources.size > 1 && !severalResources) throw new EntraError(700022);
  for (const scope of others) requireKnown(scope);
  const [resource = GRAPH] = resources;
  const names = others
    .filter((scope) => resourceIn(scope) === resource)
    .map((scope) => scope.slice(resource.length + 1));
  const isDefault = names.includes('.default');
  if (isDefault && names.length > 1) {
    throw new EntraError(70011, { text: notValid(text, '.default cannot be combined with other scopes.') });
  }
  return { resource, names: isDefault ? [] : names, isDefault, openId };
}

function requireKnown(scope: string): void {
  const resource = resourceIn(scope);
  const known = PERMISSIONS[resource];
  if (URL.parse(scope)?.protocol !== 'https:') {
    throw new EntraError(70011, { text: notValid(scope, 'The scope format is invalid.') });
  }
  if (!known) {
    throw new EntraError(500011, {
      text: `The resource principal named ${resource} was not found in the tenant.`,
    });
  }
  const name = scope.slice(resource.length + 1);
  if (name !== '.default' && !known.some((each) => each.toLowerCase() === name.toLowerCase())) {
    throw new EntraError(70011, { text: notValid(scope, 'The scope does not exist on the resource.') });
  }
}

const notValid = (scope: string, why: string): string =>
  `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid. ${why}`;

/**
 * The permissions a user's token gets: those asked for, spelt as Microsoft does; AADSTS65001 when consent is missing.
 */
export function consented(application: Application, { resource, names, isDefault }: AskedScopes): string[] {
  const granted = [...application.scopes, ...(resource === GRAPH ? ['User.Read'] : [])];
  if (isDefault) return granted;
  return names.map((name) => {
    const found = granted.find((each) => each.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    throw new EntraError(65001, {
      text: `The user or administrator has not consented to use the application with ID '${application.clientId}'. Send an interactive authorization request for this user and resource.`,
    });
  });
}

/** The resource of an application's own token (`<resource>/.default` and nothing else). */
export function applicationResource(text: string): string {
  const scopes = text.split(' ').filter(Boolean);
  const [scope = ''] = scopes;
  if (scopes.length !== 1 || !scope.endsWith('/.default')) {
    throw new EntraError(1002012, {
      text: `The provided value for scope ${text} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
    });
  }
  requireKnown(scope);
  return resourceIn(scope);
}
