import { MAIL_SCOPES, TOKEN_RESOURCE, withoutTrailing } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import type { AuthorizeUrlParts } from './authorize-url.ts';
import { resourceOf } from './exchange-resource.ts';
import { shown, verdictsOn, type Judgement, type SiteSettings } from './setting.ts';

/** OpenID Connect's own, which belong to no resource. */
const OPENID: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * The protocols that a site's tokens must be good for: SMTP, and what mail is fetched by (S35, S36). One of each group
 * is enough.
 */
export const neededProtocols = ({ inboundProtocol }: SiteSettings): (keyof typeof MAIL_SCOPES)[][] => [
  inboundProtocol === 'undecided' ? ['imap', 'pop3'] : [inboundProtocol],
  ['smtp'],
];

/** X2: what an authorize URL asks for. */
export function judgeScopes(site: SiteSettings, parts: AuthorizeUrlParts): Judgement[] {
  const { scopes, endpoint, resource } = parts;
  if (endpoint === 'v1') return [judgeV1(site, resource)];
  const verdicts = [...judgeResource(site, scopes), ...judgeOffline(site, scopes)];
  if (verdicts.length > 0) return verdicts;
  const { holds } = verdictsOn('X2', site.name);
  return [holds(say('scopes.good', scopes.map(shown)), null, 'S24')];
}

function judgeV1(site: SiteSettings, resource: string | null): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('X2', site.name);
  const wanted = TOKEN_RESOURCE[site.cloud].application;
  if (resource === null) return cannotTell(say('scopes.v1-none'), say('scopes.v1-see', wanted), 'S24');
  return resourceOf(resource, site.cloud) === 'exchange'
    ? holds(say('scopes.v1-good'), null, 'S24')
    : broken(say('scopes.v1-other', shown(resource)), say('scopes.v1-ask', wanted), 'S24');
}

function judgeResource(site: SiteSettings, scopes: readonly string[]): Judgement[] {
  const { broken } = verdictsOn('X2', site.name);
  const wanted = TOKEN_RESOURCE[site.cloud].delegated;
  const asked = scopes.filter((scope) => !OPENID.has(scope.toLowerCase())).map(apart);
  const resources = new Set(asked.map(({ resource }) => resource.toLowerCase()));
  if (resources.size > 1)
    return [broken(say('scopes.several', resources.size), say('scopes.only', wanted), 'S24')];
  const [resource] = resources;
  const is = resource === undefined ? 'exchange' : resourceOf(resource, site.cloud);
  if (resource !== undefined && is !== 'exchange')
    return [
      broken(
        say('scopes.other', is, shown(resource), site.cloud),
        say('scopes.below', wanted, MAIL_SCOPES.smtp),
        'S24',
      ),
    ];
  const permissions = new Set(asked.map(({ permission }) => permission.toLowerCase()));
  if (permissions.has('.default')) return [];
  return neededProtocols(site)
    .filter((group) => !group.some((protocol) => permissions.has(MAIL_SCOPES[protocol].toLowerCase())))
    .map((group) => {
      const names = group.map((protocol) => `${wanted}/${MAIL_SCOPES[protocol]}`);
      return broken(
        say(
          'scopes.missing',
          group.map((protocol) => protocol.toUpperCase()),
        ),
        say('scopes.add', names),
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
    : { resource: withoutTrailing('/', scope.slice(0, at)), permission: scope.slice(at + 1) };
}

function judgeOffline(site: SiteSettings, scopes: readonly string[]): Judgement[] {
  if (scopes.some((scope) => scope.toLowerCase() === 'offline_access')) return [];
  const { broken } = verdictsOn('X2', site.name);
  return [broken(say('scopes.no-offline'), say('scopes.add-offline'), 'S26', 'S48')];
}
