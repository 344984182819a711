import { MAIL_SCOPES, TOKEN_RESOURCE, type SettingVerdict } from '@mailpath/protocol';
import type { AuthorizeUrlParts } from './authorize-url.ts';
import { resourceOf } from './exchange-resource.ts';
import { shown, verdictsOn, type SiteSettings } from './setting.ts';

/** OpenID Connect's own, which belong to no resource. */
const OPENID: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The protocols that a site's tokens must be good for: SMTP, and what mail is fetched by (S35, S36). One of each group is enough. */
export const neededProtocols = ({ inboundProtocol }: SiteSettings): (keyof typeof MAIL_SCOPES)[][] => [
  inboundProtocol === 'undecided' ? ['imap', 'pop3'] : [inboundProtocol],
  ['smtp'],
];

/** X2: what an authorize URL asks for. */
export function judgeScopes(site: SiteSettings, parts: AuthorizeUrlParts): SettingVerdict[] {
  const { scopes, endpoint, resource } = parts;
  if (endpoint === 'v1') return [judgeV1(site, resource)];
  const verdicts = [...judgeResource(site, scopes), ...judgeOffline(site, scopes)];
  if (verdicts.length > 0) return verdicts;
  const { holds } = verdictsOn('X2', site.name);
  return [
    holds(
      `The scopes are for Exchange Online and cover what the site uses: ${scopes.map(shown).join(', ')}.`,
      null,
      'S24',
    ),
  ];
}

function judgeV1(site: SiteSettings, resource: string | null): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('X2', site.name);
  const wanted = TOKEN_RESOURCE[site.cloud].application;
  if (resource === null)
    return cannotTell(
      'The address is of the v1 endpoint and names no resource; its permissions are those of the registration.',
      `See that the registration has the mail permissions of Office 365 Exchange Online, and that the token request says resource=${wanted}.`,
      'S24',
    );
  return resourceOf(resource, site.cloud) === 'exchange'
    ? holds('The address is of the v1 endpoint and asks for Exchange Online.', null, 'S24')
    : broken(
        `The v1 endpoint is asked for the resource ${shown(resource)}, which is not Exchange Online of this cloud.`,
        `Ask for ${wanted}.`,
        'S24',
      );
}

function judgeResource(site: SiteSettings, scopes: readonly string[]): SettingVerdict[] {
  const { broken } = verdictsOn('X2', site.name);
  const wanted = TOKEN_RESOURCE[site.cloud].delegated;
  const asked = scopes.filter((scope) => !OPENID.has(scope.toLowerCase())).map(apart);
  const resources = new Set(asked.map(({ resource }) => resource.toLowerCase()));
  if (resources.size > 1)
    return [
      broken(
        `The scopes are of ${resources.size} resources; Entra gives a token for one alone (AADSTS70011, AADSTS700022).`,
        `Ask for scopes below ${wanted}/ only.`,
        'S24',
      ),
    ];
  const [resource] = resources;
  if (resource !== undefined && resourceOf(resource, site.cloud) !== 'exchange')
    return [wrongResource(site, resource, wanted)];
  const permissions = new Set(asked.map(({ permission }) => permission.toLowerCase()));
  if (permissions.has('.default')) return [];
  return neededProtocols(site)
    .filter((group) => !group.some((protocol) => permissions.has(MAIL_SCOPES[protocol].toLowerCase())))
    .map((group) => {
      const names = group.map((protocol) => `${wanted}/${MAIL_SCOPES[protocol]}`).join(' or ');
      return broken(
        `The scope for ${group.join(' or ').toUpperCase()} is missing.`,
        `Ask for ${names} as well.`,
        'S24',
        'S34',
      );
    });
}

/** A scope without a resource is one of Microsoft Graph (Microsoft identity platform: scopes and permissions). */
function apart(scope: string): { resource: string; permission: string } {
  const at = scope.lastIndexOf('/');
  return at < 0
    ? { resource: 'https://graph.microsoft.com', permission: scope }
    : { resource: scope.slice(0, at).replace(/\/+$/, ''), permission: scope.slice(at + 1) };
}

function wrongResource(site: SiteSettings, resource: string, wanted: string): SettingVerdict {
  const { broken } = verdictsOn('X2', site.name);
  const what = {
    graph: 'Microsoft Graph; Exchange Online refuses such a token at sign-in',
    'exchange-of-another-cloud': `Exchange Online of another cloud than ${site.cloud}`,
    unknown: `${shown(resource)}, which is not Exchange Online`,
    exchange: 'Exchange Online',
  }[resourceOf(resource, site.cloud)];
  return broken(
    `The scopes are for ${what}.`,
    `Ask for scopes below ${wanted}/, such as ${wanted}/${MAIL_SCOPES.smtp}.`,
    'S24',
  );
}

function judgeOffline(site: SiteSettings, scopes: readonly string[]): SettingVerdict[] {
  if (scopes.some((scope) => scope.toLowerCase() === 'offline_access')) return [];
  const { broken } = verdictsOn('X2', site.name);
  return [
    broken(
      'The scope offline_access is missing: no refresh token comes, and mail stops after about an hour.',
      'Ask for offline_access as well.',
      'S26',
      'S48',
    ),
  ];
}
