import { isCheck } from '@mailpath/protocol';
import { say, type Told } from '../checklist/words/catalogue.ts';
import type { RedirectRemarks } from '../checklist/words/en/addresses.ts';
import { shown, verdictsOn, type Judgement, type Seen, type SiteSettings } from './setting.ts';
import { hostOf, isLocalhost, readUrl } from './web-address.ts';

/** The longest redirect URI that Entra takes. */
const MAX_LENGTH = 256;
const AS_SHOWN = say('redirect.as-shown');

interface Rule {
  breaks: (text: string, url: URL) => boolean;
  says: Told;
}

/**
 * What Entra asks of a redirect URI (Microsoft: redirect URI restrictions), one by one; the fragment by RFC 6749,
 * section 3.1.2.
 */
const RULES: readonly Rule[] = [
  {
    breaks: (_, url) => url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalhost(url)),
    says: say('redirect.no-https'),
  },
  { breaks: (text) => /[!$'(),;]/.test(text), says: say('redirect.character') },
  { breaks: (text) => text.length > MAX_LENGTH, says: say('redirect.long', MAX_LENGTH) },
  { breaks: (text) => text.includes('*'), says: say('redirect.wildcard') },
  { breaks: (text) => text.includes('#'), says: say('redirect.fragment') },
  { breaks: (text) => /[\s\\]/.test(text), says: say('redirect.blank') },
];

/** C3: the redirect URI by Entra's rules, against the external URL, and as Entra answered the servers about it. */
export function judgeRedirectUri(site: SiteSettings, seen: readonly Seen[]): Judgement[] {
  const { redirectUri } = site;
  if (redirectUri === null) {
    const { cannotTell } = verdictsOn('C3', site.name);
    return [cannotTell(say('redirect.missing'), say('redirect.as-shown-or-pasted'), 'S24', 'S25')];
  }
  return [...judgeRedirectForm(site, redirectUri), ...seen.flatMap((one) => judgeAnswer(one, redirectUri))];
}

/** The redirect URI by itself and against the external URL. */
export function judgeRedirectForm(site: SiteSettings, redirectUri: string): Judgement[] {
  const { holds, broken } = verdictsOn('C3', site.name);
  const url = readUrl(redirectUri);
  if (!url) return [broken(say('redirect.no-uri', shown(redirectUri)), AS_SHOWN, 'S24', 'S25')];
  const faults = RULES.filter(({ breaks }) => breaks(redirectUri, url)).map(({ says }) =>
    broken(says, AS_SHOWN, 'S24'),
  );
  const form = [holds(say('redirect.good-form'), say('redirect.remarks', remarks(url)), 'S24')];
  return [...(faults.length > 0 ? faults : form), judgeName(site, url)];
}

/** Matching is exact, so what looks alike is worth saying. */
function remarks(url: URL): RedirectRemarks {
  return {
    path: url.pathname === '/' ? null : shown(url.pathname),
    endsInSlash: url.pathname.endsWith('/'),
    hasQuery: url.search !== '',
    port: url.port === '' || isLocalhost(url) ? null : url.port,
  };
}

function judgeName({ name, externalUrl }: SiteSettings, url: URL): Judgement {
  const { holds, broken, cannotTell } = verdictsOn('C3', name);
  const external = externalUrl === null ? null : readUrl(externalUrl);
  if (!external)
    return cannotTell(say('redirect.no-external-url'), say('redirect.enter-external-url'), 'S25');
  return hostOf(external) === hostOf(url)
    ? holds(say('redirect.same-name', hostOf(url)), null, 'S25')
    : broken(say('redirect.other-name', hostOf(url), hostOf(external)), say('redirect.one-name'), 'S25');
}

/** What Entra says of a redirect URI that it does not know, or that is missing. */
const REDIRECT_REFUSALS: ReadonlyMap<number, 'mismatch' | 'unregistered' | 'missing'> = new Map([
  [50_011, 'mismatch'],
  [70_004, 'mismatch'],
  [500_113, 'unregistered'],
  [900_971, 'missing'],
]);

/** What Entra answered one server; nothing for other checks. */
function judgeAnswer({ server, result }: Seen, redirectUri: string): Judgement[] {
  if (!isCheck(result, 'https.redirect-uri')) return [];
  const { holds, broken, cannotTell } = verdictsOn('C3', server);
  const { redirect } = result.evidence;
  if (redirect?.redirectUri !== undefined && redirect.redirectUri !== redirectUri)
    return [cannotTell(say('redirect.asked-other', server), say('next-round'), 'S24')];
  const aadsts = redirect?.aadsts ?? null;
  const refusal = aadsts === null ? undefined : REDIRECT_REFUSALS.get(aadsts);
  if (aadsts !== null && refusal !== undefined)
    return [broken(say('redirect.refused', server, refusal, aadsts), AS_SHOWN, 'S24', 'S25')];
  if (result.outcome === 'pass' || result.outcome === 'warn')
    return [holds(say('redirect.taken', server), null, 'S24', 'S25')];
  const other = aadsts === null ? (redirect?.error ?? null) : `AADSTS${aadsts}`;
  // An error that is sent to the redirect URI shows that the redirect URI itself was found good.
  if (redirect?.error !== undefined && redirect.error !== null)
    return [holds(say('redirect.taken-despite', server, other), say('redirect.mend-other'), 'S24', 'S25')];
  if (other !== null)
    return [cannotTell(say('redirect.stopped', server, other), say('redirect.mend-first'), 'S24')];
  return [
    cannotTell(
      say('redirect.unasked', server, result.failure?.message ?? result.reason),
      say('redirect.mend-way'),
      'S24',
    ),
  ];
}
