import type { SettingVerdict } from '@mailpath/protocol';
import type { AuthorizeUrlParts } from './authorize-url.ts';
import { judgeRedirectForm } from './redirect-uri.ts';
import { judgeScopes } from './scopes.ts';
import { shown, verdictsOn, type SiteSettings } from './setting.ts';
import { judgeTenantIs } from './tenant.ts';

/** What an authorize URL of a site's ECE says of the settings: by itself, and against what is entered (C3, C5, X2, X3). */
export function judgeAuthorizeUrl(site: SiteSettings, parts: AuthorizeUrlParts): SettingVerdict[] {
  return [
    judgeTenant(site, parts),
    judgeCloud(site, parts),
    judgeClient(site, parts),
    ...judgeRedirect(site, parts),
    ...judgeScopes(site, parts),
    ...judgeResponseType(site, parts),
    judgePrompt(site, parts),
  ];
}

function judgeTenant(site: SiteSettings, { tenant }: AuthorizeUrlParts): SettingVerdict {
  const { broken, cannotTell } = verdictsOn('X3', site.name);
  const own = "Put the tenant's id or domain into the authorization and token URLs of ECE.";
  const word = tenant.toLowerCase();
  if (word === 'consumers')
    return broken(
      'The sign-in is for personal Microsoft accounts, which have no mailbox in Exchange Online.',
      own,
      'S24',
    );
  if (word === 'common' || word === 'organizations')
    return cannotTell(
      `The sign-in is for any tenant (${word}): an application of a single tenant is refused there (AADSTS50194), and a user of another tenant gets in.`,
      own,
      'S24',
    );
  return judgeTenantIs(site, tenant, site.name, 'The authorize URL');
}

function judgeCloud({ name, cloud }: SiteSettings, { host, clouds }: AuthorizeUrlParts): SettingVerdict {
  const { holds, broken } = verdictsOn('X3', name);
  return clouds.includes(cloud)
    ? holds(`${host} is a sign-in host of the site's cloud, ${cloud}.`, null, 'S54')
    : broken(
        `${host} is the sign-in host of ${clouds.join(' and ')}, and the site is in ${cloud}.`,
        'Correct the URLs in ECE, or the cloud of the site here.',
        'S54',
      );
}

function judgeClient(site: SiteSettings, { clientId }: AuthorizeUrlParts): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C3', site.name);
  if (site.clientId === null)
    return cannotTell(
      `The authorize URL has the client id ${clientId}, and none is entered here.`,
      'Compare it with the application in Entra, and enter it.',
      'S24',
    );
  return site.clientId.toLowerCase() === clientId.toLowerCase()
    ? holds('The client id is the one of the site.', null, 'S24')
    : broken(
        `The authorize URL has the client id ${clientId}, and the site has ${site.clientId}.`,
        'See in Entra which application is the right one, and correct the other place.',
        'S24',
      );
}

function judgeRedirect(site: SiteSettings, { redirectUri }: AuthorizeUrlParts): SettingVerdict[] {
  const { holds, broken, cannotTell } = verdictsOn('C3', site.name);
  if (redirectUri === null)
    return [
      cannotTell(
        'The authorize URL names no redirect URI.',
        'Copy the address again, whole; if it is whole, set the redirect URI in ECE.',
        'S24',
      ),
    ];
  const form = judgeRedirectForm(site, redirectUri);
  if (site.redirectUri === null) return form;
  return [
    ...form,
    site.redirectUri === redirectUri
      ? holds('ECE sends the redirect URI that is entered here, character by character.', null, 'S24')
      : broken(
          `ECE sends the redirect URI ${shown(redirectUri)}, and ${shown(site.redirectUri)} is entered here.`,
          'Register the one that ECE sends; every character counts.',
          'S24',
        ),
  ];
}

function judgeResponseType({ name }: SiteSettings, { responseType }: AuthorizeUrlParts): SettingVerdict[] {
  if (responseType?.split(/\s+/).includes('code')) return [];
  const { broken } = verdictsOn('X8', name);
  return [
    broken(
      `The authorize URL asks for ${responseType === null ? 'no response_type' : shown(responseType)} and not for a code, so that no refresh token can come of it.`,
      'ECE must use the authorization code flow (response_type=code).',
      'S24',
    ),
  ];
}

function judgePrompt({ name }: SiteSettings, { prompt }: AuthorizeUrlParts): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C5', name);
  const asks = (prompt ?? '').split(/\s+/);
  if (asks.includes('login') || asks.includes('select_account'))
    return holds(`Microsoft asks whose sign-in it is (prompt=${asks.join(' ')}).`, null, 'S29');
  if (asks.includes('none'))
    return broken(
      'Microsoft asks nobody (prompt=none): the token is that of the user of the workstation.',
      'Take prompt=none out of the authorization URL.',
      'S29',
      'S33',
    );
  return cannotTell(
    'Nothing makes Microsoft ask whose sign-in it is: the user of the workstation may be taken without a word.',
    'Create the token in a private window of the browser.',
    'S28',
    'S32',
    'S33',
  );
}
