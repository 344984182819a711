import type { Bilingual } from '@mailpath/protocol';

const BASIC_ENDS =
  'Basic authentication for SMTP AUTH is off by default from the end of December 2026, and Microsoft says in the second half of 2027 when it goes for good.';

export const items = {
  'title.C1': () => 'Version of ECE',
  'title.C2': () => 'External URL of the application',
  'title.C3': () => 'Redirect URI of the Entra application',
  'title.C4': () => 'Lifetime of the access token',
  'title.C5': () => 'User of the token',
  'title.C6': () => 'Protocols of the mailbox',
  'title.C7': () => 'Licence of the mailbox',
  'title.C8': () => 'Permissions on the mailbox',
  'title.C9': () => 'URLs that the server reaches',
  'title.C10': () => 'Ports that are open to the server',
  'title.C11': () => "Microsoft's connectivity test",
  'title.X1': () => 'Client secret or certificate of the application',
  'title.X2': () => 'Consent and permissions of the application',
  'title.X3': () => 'Tenant, authority and cloud',
  'title.X4': () => 'Conditional Access',
  'title.X5': () => 'State of the account',
  'title.X6': () => 'TLS, trust and proxy',
  'title.X7': () => 'Throttling and faults of the service',
  'title.X8': () => 'Protocol as the client speaks it',
  'title.X9': () => 'Clock of the server',

  'told.none': () => 'No result shows it.',
  'told.none-of': (what: readonly string[], server: string) =>
    `No result of ${server} shows it for ${what.join(', ')}.`,
  'told.stale': (server: string, check: string, at: string) =>
    `The result of ${check} on ${server} is of ${at}: too old to speak of now.`,
  'told.throttled': (server: string, check: string) =>
    `Microsoft asked ${server} to slow down (${check}): that says nothing of this.`,
  'told.internal': (server: string, check: string) =>
    `${check} failed on ${server} by a fault of Mailpath, which says nothing of this.`,
  'told.skipped': (server: string, check: string, reason: string | null) =>
    `${check} was skipped on ${server}: ${reason ?? 'no reason was given'}`,
  'told.undecided': (server: string, check: string, message: string) =>
    `${check} failed on ${server}, which does not decide this: ${message}`,
  'need.agent': (server: string) => `See that the agent of ${server} runs and is connected.`,
  'need.token': () => 'Sign in for the mailbox in Mailpath, so that the servers get a token and try it.',
  'need.token-at': (server: string) =>
    `Sign in for a mailbox in Mailpath with ${server} chosen, so that it asks for a token itself.`,
  'need.mailbox-checks': () =>
    'Let the servers sign in to the mailbox: enter it, sign in for it, and run its checks.',
  'need.wait': () => 'Wait for the next round; check less often if it stays.',
  'need.mailpath': () => "Look at the agent's log, and report the fault.",
  'need.mend-first': () => 'Fix what failed first; this can be told after that.',

  refused: (server: string, message: string, meaning: Bilingual) => `${server}: ${message} ${meaning.en}`,
  'refused.action': (action: Bilingual) => action.en,
  'refused.here-only': (server: string, others: readonly string[]) =>
    `${others.join(', ')} ${others.length > 1 ? 'get' : 'gets'} tokens: it is a policy by location, and about the public address of ${server}.`,

  'user.application': (server: string) =>
    `${server} gets a token of the application itself: no user signs in who could be the wrong one.`,
  'permissions.opened': (address: string, server: string) => `${server} opened ${address}.`,
  'permissions.sent-as': (address: string, server: string) => `${server} sent a message as ${address}.`,
  'permissions.not-opened': (address: string, server: string, message: string) =>
    `${server} signed in, and ${address} did not open: ${message}`,
  'permissions.not-sent-as': (address: string, server: string, message: string) =>
    `${server} signed in, and may not send as ${address}: ${message}`,
  'permissions.grant': (address: string, user: string) =>
    `Add-MailboxPermission ${address} -User ${user} -AccessRights FullAccess; see Get-CASMailbox ${user} and the licence as well, since Exchange says the same of these.`,
  'permissions.own-account': (address: string) =>
    `The account is the mailbox's own, so that full access is not what is missing: see whether the mailbox exists and is licensed, Get-CASMailbox ${address}, and whose the token is (C5).`,
  'permissions.grant-send-as': (address: string, user: string) =>
    `Add-RecipientPermission ${address} -Trustee ${user} -AccessRights SendAs`,
  'permissions.try-send-as': (address: string, user: string) =>
    `Only a round trip shows whether ${user} may send as ${address}: allow it for this mailbox, or see Get-RecipientPermission ${address}.`,

  'urls.good': (server: string, hosts: readonly string[]) => `${server} reaches ${hosts.join(', ')}.`,
  'urls.broken': (server: string, message: string) => `${server}: ${message}`,
  'urls.mend': (server: string, hosts: readonly string[]) =>
    `Let ${server} resolve and reach ${hosts.join(', ')} by HTTPS.`,
  'ports.good': (server: string, places: readonly string[]) =>
    `These answer ${server}: ${places.join(', ')}.`,
  'ports.closed': (server: string, message: string) => `${server}: ${message}`,
  'ports.recommended': (places: readonly string[]) =>
    `No mail process of this role uses ${places.join(', ')}; Cisco's checklist asks for it all the same (S56).`,
  'ports.open': (server: string, places: readonly string[]) =>
    `Open outgoing TCP from ${server} to ${places.join(', ')}.`,
  'tls.good': (server: string, places: readonly string[]) =>
    `${server} gets valid certificates of ${places.join(', ')}.`,
  'tls.java': () =>
    "ECE's Java has its own certificate store: behind a device that inspects TLS, compare the certificates there.",
  'tls.broken': (server: string, message: string) => `${server}: ${message}`,
  'tls.mend': (server: string, places: readonly string[]) =>
    `Exempt ${places.join(', ')} from the inspection of TLS and from proxies for ${server}, or fix its certificate store.`,
  'clock.agrees': (server: string, seconds: number) =>
    `The clock of ${server} agrees with Microsoft's to ${seconds} seconds.`,

  'external-test.missing': () => "Nobody has recorded a run of Microsoft's connectivity test.",
  'external-test.run': () =>
    'Run "IMAP Email" or "POP Email" at https://testconnectivity.microsoft.com/tests/o365 and record what came of it. The test runs at Microsoft: it shows that the mailbox can be used, and nothing of the firewall, DNS or proxy of a server (C9, C10). "Outbound SMTP Email" looks at an address in block lists, and not at port 587 with STARTTLS and a sign-in. Neither Cisco nor TAC supports it.',
  'external-test.passed': (by: string, at: string) =>
    `By ${by}, Microsoft's connectivity test passed on ${at}, as seen from Microsoft; it says nothing of a server's path (C9, C10).`,
  'external-test.failed': (by: string, at: string) =>
    `By ${by}, Microsoft's connectivity test failed on ${at}, as seen from Microsoft.`,
  'external-test.mend': () =>
    'What fails from there as well is not the network of the servers: see the mailbox and the account (C5 to C8), and the step that the test names.',
  'external-test.note': (note: string) => `Note: ${note}`,

  'secret.taken': (server: string) => `Entra accepted the client secret of the application from ${server}.`,
  'secret.expired': (at: string) => `By what is entered, the client secret has expired on ${at}.`,
  'secret.renew': () =>
    'Create a new client secret in Entra, and enter its value (not its id) in ECE before the old one expires.',
  'secret.correct': () => 'The date that is entered has passed: correct it here.',
  'certificate.taken': (server: string) =>
    `Entra accepted the client certificate of the application from ${server}.`,
  'certificate.expired': (at: string) => `The client certificate has expired on ${at}.`,
  'certificate.renew': () =>
    'Make a new client certificate, register it in Entra beside the old one, and set it here and in ECE before the old one expires.',
  'proof.expires': (at: string) => `It expires on ${at}.`,
  'policy.passed': (server: string) => `Entra gave ${server} a token: no policy keeps it from signing in.`,
  'account.good': (user: string, server: string) => `Entra gave ${server} a token of ${user}.`,
  'service.good': (services: readonly string[]) => `Microsoft's services answer: ${services.join(', ')}.`,
  'service.unavailable': (server: string, message: string) => `${server}: ${message}`,
  'service.see-health': () =>
    'Wait, and see the service health of Microsoft 365. A server with its own trouble here is behind a proxy that answers for Microsoft.',
  'protocol.good': (address: string, checks: readonly string[], server: string) =>
    `Exchange accepted the sign-in to ${address} as it was spoken (${checks.join(', ')} on ${server}).`,
  'protocol.java': () =>
    "That was Mailpath's client. For POP3, ECE's Java Mail must use the two-line form of XOAUTH2 as well.",
  'protocol.broken': (server: string, message: string) => `${server}: ${message}`,
  'protocol.mend': () =>
    'See the lines of the dialogue in the result: what answers is no mail server, or does not accept the request as it is written.',

  'ready.good': (server: string, address: string, place: string) =>
    `${server} signed in to ${place} for ${address} by XOAUTH2 with a token; the end of basic authentication changes nothing.`,
  'ready.refused': (server: string, address: string, message: string) =>
    `${server} was refused when it signed in for ${address} with a token: ${message}`,
  'ready.switched-off': (address: string) =>
    `SMTP AUTH is off for ${address}, for OAuth as well as for passwords.`,
  'ready.no-way': (server: string, message: string) =>
    `${server} does not get as far as signing in: ${message}`,
  'ready.unknown': (server: string, address: string) =>
    `No result shows that ${server} signs in for ${address} with a token.`,
  'ready.mend': () => `Fix it before then. ${BASIC_ENDS}`,
  'ready.try': () => `Let the server sign in with a token before then. ${BASIC_ENDS}`,
};
