/** The name of the setting, by release (S18, S19). */
const WHERE =
  'ECE 11.5 to 12.5: "Web server URL or Load Balancer URL" of the partition; 12.6 and later: Partition > Apps > General Settings > "External URL of Application".';
const NO_REASON = 'no reason was given';

const form = (fault: string): string => `The external URL is not of the form that ECE asks for: ${fault}.`;
const notTaken = (fault: string): string => `Entra does not accept the redirect URI: ${fault}.`;

/** What Entra says of a redirect URI that it does not know, or that is missing. */
const REFUSED = {
  mismatch: 'none that is registered matches it',
  unregistered: 'no redirect URI is registered',
  missing: 'it was given none',
};

/** What matching letter by letter means for one redirect URI. */
export interface RedirectRemarks {
  /** Null where there is none. */
  path: string | null;
  endsInSlash: boolean;
  hasQuery: boolean;
  port: string | null;
}

export const addresses = {
  'external-url.missing': () => 'The external URL of the application is not entered.',
  'external-url.enter': () => `Enter it here as ECE shows it. ${WHERE}`,
  'external-url.no-url': (text: string) => `The external URL ${text} is no URL.`,
  'external-url.set': () => `Set it to the form https://ece.example.com. ${WHERE}`,
  'external-url.no-https': (protocol: string) => form(`it begins with ${protocol}// and not with https://`),
  'external-url.address': (host: string) => form(`${host} is an address and not a name`),
  'external-url.no-domain': (host: string) => form(`${host} has no domain behind it`),
  'external-url.port': (port: string) => form(`it has the port ${port} in it`),
  'external-url.path': (path: string) => form(`it has the path ${path} in it`),
  'external-url.query': () => form('it has a query in it'),
  'external-url.fragment': () => form('it has a fragment in it'),
  'external-url.good': (host: string) => `The external URL https://${host} has the form that ECE asks for.`,
  'console.missing': () => 'The address at which the administration console is opened is not entered.',
  'console.enter': (host: string) => `Enter it here; its name must be ${host}.`,
  'console.same': (host: string) =>
    `The administration console is opened at the external URL's name, ${host}.`,
  'console.other': (opened: string, external: string) =>
    `The administration console is opened at ${opened}, and the external URL says ${external}.`,
  'console.open': (external: string) =>
    `Open the console at https://${external}, or set the external URL to the name that everybody uses.`,
  'external-url.looked-elsewhere': (server: string, seen: string, host: string) =>
    `${server} has looked at ${seen} and not yet at ${host}.`,
  'next-round': () => 'Wait for the next round.',
  'external-url.seen': (server: string, host: string) =>
    `On ${server}, ${host} resolves and presents a valid certificate.`,
  'external-url.unresolved': (server: string, host: string) =>
    `On ${server}, the name ${host} does not resolve.`,
  'external-url.add-to-dns': (server: string, host: string) =>
    `Add ${host} to the DNS that ${server} uses, or correct the external URL.`,
  'external-url.untrusted': (server: string, host: string, distrust: string | null) =>
    `On ${server}, the certificate of ${host} is not valid (${distrust ?? 'unknown'}).`,
  'external-url.certificate': (host: string) =>
    `Give ${host} a certificate for that name from an authority that the browsers of agents and administrators trust.`,
  'external-url.unseen': (server: string, host: string, reason: string | null) =>
    `On ${server}, ${host} could not be looked at: ${reason ?? NO_REASON}`,
  'external-url.open': (host: string) => `Open https://${host} in the browser of an administrator.`,

  'redirect.missing': () => 'The redirect URI is not entered.',
  'redirect.as-shown': () =>
    'Copy it from the screen of ECE character by character, and register the same in Entra (Authentication, platform Web).',
  'redirect.as-shown-or-pasted': () =>
    'Copy it from the screen of ECE character by character, and register the same in Entra (Authentication, platform Web). A pasted authorize URL tells it too.',
  'redirect.no-uri': (text: string) => `The redirect URI ${text} is no absolute URI.`,
  'redirect.no-https': () =>
    notTaken('it does not begin with https:// (http:// is accepted only for localhost)'),
  'redirect.character': () => notTaken("it holds one of the characters ! $ ' ( ) , ;"),
  'redirect.long': (max: number) => notTaken(`it is longer than ${max} characters`),
  'redirect.wildcard': () => notTaken('it holds a wildcard'),
  'redirect.fragment': () => notTaken('it holds a fragment (#)'),
  'redirect.blank': () => notTaken('it holds a blank or a backslash'),
  'redirect.good-form': () => 'The redirect URI has a form that Entra accepts.',
  'redirect.remarks': ({ path, endsInSlash, hasQuery, port }: RedirectRemarks) =>
    [
      path === null
        ? 'It has no path: Entra returns it with a slash at its end, so register it in one form and compare.'
        : `The path ${path} counts letter by letter, upper and lower case, ${endsInSlash ? 'with' : 'without'} a slash at its end: Entra must hold the same.`,
      hasQuery
        ? 'It has a query, which Entra accepts only for applications of work and school accounts.'
        : '',
      port === null ? '' : `The port ${port} is part of what must match.`,
    ]
      .filter((remark) => remark !== '')
      .join(' '),
  'redirect.no-external-url': () => 'The external URL to compare the redirect URI with is not entered.',
  'redirect.enter-external-url': () => 'Enter the external URL of the application.',
  'redirect.same-name': (host: string) => `The redirect URI has the name of the external URL, ${host}.`,
  'redirect.other-name': (host: string, external: string) =>
    `The redirect URI goes to ${host}, and the external URL says ${external}.`,
  'redirect.one-name': () => 'Make them the same name, and register that redirect URI in Entra.',
  'redirect.asked-other': (server: string) => `${server} has asked Entra about another redirect URI so far.`,
  'redirect.refused': (server: string, why: keyof typeof REFUSED, aadsts: number) =>
    `Asked by ${server}, Entra refuses the redirect URI: ${REFUSED[why]} (AADSTS${aadsts}).`,
  'redirect.taken': (server: string) => `Asked by ${server}, Entra accepts the redirect URI.`,
  'redirect.taken-despite': (server: string, other: string | null) =>
    `Asked by ${server}, Entra accepts the redirect URI, and refuses something else (${other ?? 'unknown'}).`,
  'redirect.mend-other': () => 'Fix what the error says: it is not about the redirect URI.',
  'redirect.stopped': (server: string, other: string) =>
    `Asked by ${server}, Entra stopped at ${other}, which is not about the redirect URI.`,
  'redirect.mend-first': () => 'Fix that first: tenant and client id come before the redirect URI.',
  'redirect.unasked': (server: string, reason: string | null) =>
    `${server} could not ask Entra: ${reason ?? NO_REASON}`,
  'redirect.mend-way': () => 'Fix the path to the sign-in host first.',
};
