import type { SettingVerdict } from '@mailpath/protocol';
import { shown, verdictsOn, type Seen, type SiteSettings } from './setting.ts';
import { hostOf, isLocalhost, readUrl } from './web-address.ts';

/** The longest redirect URI that Entra takes. */
const MAX_LENGTH = 256;
const AS_SHOWN =
  'Copy it from the screen of ECE character by character, and register the same in Entra (Authentication, platform Web).';

interface Rule {
  breaks: (text: string, url: URL) => boolean;
  says: string;
}

/** What Entra asks of a redirect URI (Microsoft: redirect URI restrictions), one by one; the fragment by RFC 6749, section 3.1.2. */
const RULES: readonly Rule[] = [
  {
    breaks: (_, url) => url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalhost(url)),
    says: 'it does not begin with https:// (http:// is taken for localhost alone)',
  },
  { breaks: (text) => /[!$'(),;]/.test(text), says: "it holds one of the characters ! $ ' ( ) , ;" },
  { breaks: (text) => text.length > MAX_LENGTH, says: `it is longer than ${MAX_LENGTH} characters` },
  { breaks: (text) => text.includes('*'), says: 'it holds a wildcard' },
  { breaks: (text) => text.includes('#'), says: 'it holds a fragment (#)' },
  { breaks: (text) => /[\s\\]/.test(text), says: 'it holds a blank or a backslash' },
];

/** C3: the redirect URI by Entra's rules, against the external URL, and as Entra answered the servers about it. */
export function judgeRedirectUri(site: SiteSettings, seen: readonly Seen[]): SettingVerdict[] {
  const { redirectUri } = site;
  if (redirectUri === null) {
    const { cannotTell } = verdictsOn('C3', site.name);
    return [
      cannotTell(
        'The redirect URI is not entered.',
        `${AS_SHOWN} A pasted authorize URL tells it too.`,
        'S24',
        'S25',
      ),
    ];
  }
  return [...judgeRedirectForm(site, redirectUri), ...seen.flatMap((one) => judgeAnswer(one, redirectUri))];
}

/** The redirect URI by itself and against the external URL. */
export function judgeRedirectForm(site: SiteSettings, redirectUri: string): SettingVerdict[] {
  const { holds, broken } = verdictsOn('C3', site.name);
  const url = readUrl(redirectUri);
  if (!url)
    return [broken(`The redirect URI ${shown(redirectUri)} is no absolute URI.`, AS_SHOWN, 'S24', 'S25')];
  const faults = RULES.filter(({ breaks }) => breaks(redirectUri, url)).map(({ says }) =>
    broken(`Entra does not take the redirect URI: ${says}.`, AS_SHOWN, 'S24'),
  );
  const form = [holds('The redirect URI has a form that Entra takes.', remarks(url).join(' '), 'S24')];
  return [...(faults.length > 0 ? faults : form), judgeName(site, url)];
}

/** Matching is exact, so what looks alike is worth saying. */
function remarks(url: URL): string[] {
  return [
    url.pathname === '/'
      ? 'It has no path: Entra returns it with a slash at its end, so register it in one form and compare.'
      : `The path ${shown(url.pathname)} counts letter by letter, upper and lower case, ${
          url.pathname.endsWith('/') ? 'with' : 'without'
        } a slash at its end: Entra must hold the same.`,
    ...(url.search === ''
      ? []
      : ['It has a query, which Entra takes only for applications of work and school accounts.']),
    ...(url.port === '' || isLocalhost(url) ? [] : [`The port ${url.port} is part of what must match.`]),
  ];
}

function judgeName({ name, externalUrl }: SiteSettings, url: URL): SettingVerdict {
  const { holds, broken, cannotTell } = verdictsOn('C3', name);
  const external = externalUrl === null ? null : readUrl(externalUrl);
  if (!external)
    return cannotTell(
      'The external URL to compare the redirect URI with is not entered.',
      'Enter the external URL of the application.',
      'S25',
    );
  return hostOf(external) === hostOf(url)
    ? holds(`The redirect URI has the name of the external URL, ${hostOf(url)}.`, null, 'S25')
    : broken(
        `The redirect URI goes to ${hostOf(url)}, and the external URL says ${hostOf(external)}.`,
        'Make them the same name, and register that redirect URI in Entra.',
        'S25',
      );
}

/** What Entra says of a redirect URI that it does not know, or that is missing. */
const REDIRECT_REFUSALS: Readonly<Record<number, string>> = {
  50011: 'none that is registered matches it',
  70004: 'none that is registered matches it',
  500113: 'no redirect URI is registered',
  900971: 'it was given none',
};

/** What Entra answered one server; nothing for other checks. */
function judgeAnswer({ server, result }: Seen, redirectUri: string): SettingVerdict[] {
  if (result.check !== 'https.redirect-uri') return [];
  const { holds, broken, cannotTell } = verdictsOn('C3', server);
  const { redirect } = result.evidence;
  if (redirect?.redirectUri !== undefined && redirect.redirectUri !== redirectUri)
    return [
      cannotTell(
        `${server} has asked Entra about another redirect URI so far.`,
        'Wait for the next round.',
        'S24',
      ),
    ];
  const aadsts = redirect?.aadsts ?? null;
  if (aadsts !== null && Object.hasOwn(REDIRECT_REFUSALS, aadsts))
    return [
      broken(
        `Asked by ${server}, Entra refuses the redirect URI: ${REDIRECT_REFUSALS[aadsts]} (AADSTS${aadsts}).`,
        AS_SHOWN,
        'S24',
        'S25',
      ),
    ];
  if (result.outcome === 'pass' || result.outcome === 'warn')
    return [holds(`Asked by ${server}, Entra takes the redirect URI.`, null, 'S24', 'S25')];
  const other = aadsts === null ? (redirect?.error ?? null) : `AADSTS${aadsts}`;
  // An error that is sent to the redirect URI shows that the redirect URI itself was found good.
  if (redirect?.error !== undefined && redirect.error !== null)
    return [
      holds(
        `Asked by ${server}, Entra takes the redirect URI, and refuses something else (${other}).`,
        'Mend what the error says: it is not about the redirect URI.',
        'S24',
        'S25',
      ),
    ];
  if (other !== null)
    return [
      cannotTell(
        `Asked by ${server}, Entra stopped at ${other}, which is not about the redirect URI.`,
        'Mend that first: tenant and client id come before the redirect URI.',
        'S24',
      ),
    ];
  return [
    cannotTell(
      `${server} could not ask Entra: ${result.failure?.message ?? result.reason ?? 'no reason was given'}`,
      'Mend the way to the sign-in host first.',
      'S24',
    ),
  ];
}
