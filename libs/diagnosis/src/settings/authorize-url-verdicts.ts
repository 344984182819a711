import type { Language, SettingVerdict } from '@mailpath/protocol';
import { say } from '../checklist/words/catalogue.ts';
import type { AuthorizeUrlParts } from './authorize-url.ts';
import { judgeParameters } from './parameter-verdicts.ts';
import { judgeRedirectForm } from './redirect-uri.ts';
import { judgeScopes } from './scopes.ts';
import { shown, verdictIn, verdictsOn, type Judgement, type SiteSettings } from './setting.ts';
import { judgeTenantIs } from './tenant.ts';

/**
 * What an authorize URL of a site's ECE says of the settings: by itself, and against what is entered (C3, C5, X2, X3).
 */
export function judgeAuthorizeUrl(
  site: SiteSettings,
  parts: AuthorizeUrlParts,
  language: Language = 'en',
): SettingVerdict[] {
  const judgements = [
    judgeTenant(site, parts),
    judgeCloud(site, parts),
    judgeClient(site, parts),
    ...judgeRedirect(site, parts),
    ...judgeScopes(site, parts),
    ...judgeResponseType(site, parts),
    judgePrompt(site, parts),
    ...judgeParameters(site, parts.parameters),
  ];
  return judgements.map(verdictIn(language));
}

function judgeTenant(site: SiteSettings, { tenant }: AuthorizeUrlParts): Judgement {
  const { broken, cannotTell } = verdictsOn('X3', site.name);
  const own = say('tenant.put-own');
  const word = tenant.toLowerCase();
  if (word === 'consumers') return broken(say('tenant.personal-sign-in'), own, 'S24');
  if (word === 'common' || word === 'organizations') return cannotTell(say('tenant.any', word), own, 'S24');
  return judgeTenantIs(site, tenant, site.name, 'authorize-url');
}

function judgeCloud({ name, cloud }: SiteSettings, { host, clouds }: AuthorizeUrlParts): Judgement {
  const { holds, broken } = verdictsOn('X3', name);
  return clouds.includes(cloud)
    ? holds(say('cloud.same', host, cloud), null, 'S54')
    : broken(say('cloud.other', host, clouds, cloud), say('cloud.correct'), 'S54');
}

function judgeClient(site: SiteSettings, { clientId }: AuthorizeUrlParts): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C3', site.name);
  if (site.clientId === null) return cannotTell(say('client.missing', clientId), say('client.enter'), 'S24');
  return site.clientId.toLowerCase() === clientId.toLowerCase()
    ? holds(say('client.same'), null, 'S24')
    : broken(say('client.other', clientId, site.clientId), say('client.which'), 'S24');
}

function judgeRedirect(site: SiteSettings, { redirectUri }: AuthorizeUrlParts): Judgement[] {
  const { holds, broken, cannotTell } = verdictsOn('C3', site.name);
  if (redirectUri === null)
    return [cannotTell(say('sent-redirect.none'), say('sent-redirect.copy-again'), 'S24')];
  const form = judgeRedirectForm(site, redirectUri);
  if (site.redirectUri === null) return form;
  return [
    ...form,
    site.redirectUri === redirectUri
      ? holds(say('sent-redirect.same'), null, 'S24')
      : broken(
          say('sent-redirect.other', shown(redirectUri), shown(site.redirectUri)),
          say('sent-redirect.register'),
          'S24',
        ),
  ];
}

function judgeResponseType({ name }: SiteSettings, { responseType }: AuthorizeUrlParts): Judgement[] {
  if (responseType?.split(/\s+/).includes('code')) return [];
  const { broken } = verdictsOn('X8', name);
  return [
    broken(
      say('response-type.other', responseType === null ? null : shown(responseType)),
      say('response-type.code'),
      'S24',
    ),
  ];
}

function judgePrompt({ name }: SiteSettings, { prompt }: AuthorizeUrlParts): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C5', name);
  const asks = (prompt ?? '').split(/\s+/);
  if (asks.includes('login') || asks.includes('select_account'))
    return holds(say('prompt.asks', asks.join(' ')), null, 'S29');
  if (asks.includes('none')) return broken(say('prompt.none'), say('prompt.take-out'), 'S29', 'S33');
  return cannotTell(say('prompt.perhaps'), say('prompt.private-window'), 'S28', 'S32', 'S33');
}
