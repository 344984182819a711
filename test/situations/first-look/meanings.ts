import type { Finding } from '@mailpath/protocol';
import type { Claim } from './claim.ts';

/** What the tables know of an answer, by the words that the finding tells of it. A text may say several of them. */
const MEANINGS: readonly [RegExp, Claim][] = [
  [/stands in no table of Mailpath|does not know which|does not know:/i, 'answer-unknown'],
  [
    /no licence|subscription lapsed|mailbox is missing|not find the mailbox|does not exist|disabled, full, moved/i,
    'answer-says: no mailbox',
  ],
  [
    /mailbox(?:, or a folder of it,)? is (?:full|over its quota)|disabled, full, moved/i,
    'answer-says: mailbox full',
  ],
  [/another (?:pop3 )?session (?:holds|has) the mailbox/i, 'answer-says: mailbox in use'],
  [
    /limit on sending|low limit|limit of [\w, ]*recipients|messages a minute|low one/i,
    'answer-says: sending limit',
  ],
  [/blocked from sending|has blocked or limited/i, 'answer-says: sender blocked'],
  [/the recipient\b|the sender’s or the recipient’s/i, 'answer-says: recipient'],
  [/message as it is made|content of the message|SPF, DKIM|the message or the EHLO/i, 'answer-says: content'],
  [/form of a command|argument|malformed|asked wrongly|too long|name in EHLO/i, 'answer-says: syntax'],
  [/TLS 1\.0(?:,| or)(?: TLS)? 1\.1/i, 'tls-old-version'],
  [/access token ran out/i, 'answer-says: grant ended'],
  [/MAIL FROM came without a login/i, 'answer-says: sign-in refused'],
  [/mechanism of login/i, 'answer-says: syntax'],
  [/wants TLS before/i, 'not-the-service'],
  [/body of the request lacks/i, 'answer-says: syntax'],
  [/relay or connector host/i, 'not-the-service'],
  [/organization’s own directory/i, 'answer-says: account'],
  [/routing (?:of|beyond|behind)|route of the mail/i, 'answer-says: unavailable'],
  [/basic authentication|login with a password/i, 'answer-says: basic authentication ended'],
  [/\b(?:IMAP|POP3|SMTP AUTH)(?: is)? off\b|turn SMTP AUTH off/i, 'answer-says: protocol off'],
  [
    /no right|may not (?:act|log on|send)|no Send As|FullAccess (?:is )?missing|accepts mail from|denies who|no permission|not permitted/i,
    'answer-says: permission',
  ],
  [/multi-?factor|\bMFA\b/i, 'answer-says: multi-factor'],
  [/conditional access|polic(?:y|ies)\b|security defaults/i, 'answer-says: policy'],
  [
    /cannot (?:answer|be used)|fault of (?:its own|the system|the service)|transient|not active|mail system itself|could not reach the mailbox server|has a fault|data of the mailbox is damaged/i,
    'answer-says: unavailable',
  ],
  [
    /throttle|limit of connections|asks for more time|too many requests|turns this client away/i,
    'answer-says: throttled',
  ],
  [
    /token is refused|login with the token|the login is refused|credential (?:of the (?:login|sign-in)|is the fault)|accept who signs in/i,
    'answer-says: sign-in refused',
  ],
  [
    /(?:refresh token|grant|code|session|sign-in)\b[^.]*(?:expired|ended|revoked|no longer good|not used|longest life|ends after)/i,
    'answer-says: grant ended',
  ],
  [
    /(?:another|two|this|such|the) tenants?\b(?! refuses)|about the cloud|across clouds|national cloud/i,
    'answer-says: wrong tenant',
  ],
  [
    /client.secret|credential of the application|certificate of the application|client assertion/i,
    'answer-says: client secret',
  ],
  [
    /redirect URI|its registration|application is (?:disabled|unknown)|not know the application|public client/i,
    'answer-says: registration',
  ],
  [/consent|\bscopes?\b|permissions of the application/i, 'answer-says: consent'],
  [
    /look at the mailbox or the account|the account (?:is|that|was|does)|about the account|no such user|password of the account/i,
    'answer-says: account',
  ],
];

/** What is said of the answer that decided; null where no table knows it. */
export function meantBy({ params }: Finding): readonly Claim[] | null {
  const { answer } = params as { answer?: { meaning?: { en?: string } } | null };
  const text = answer?.meaning?.en;
  if (text === undefined) return null;
  return MEANINGS.flatMap(([words, claim]) => (words.test(text) ? [claim] : []));
}

/** What a resolver did (`troubles` of the details), in the words of the closed list. */
const OF_TROUBLE: Readonly<Record<string, readonly Claim[]>> = {
  'no-resolver': ['dns-silent'],
  prohibited: ['dns-silent'],
  unreachable: ['dns-silent'],
  'port-closed': ['dns-silent', 'port-closed'],
  'no-answer': ['dns-silent'],
  truncated: ['dns-truncated-no-tcp'],
  unusable: ['dns-truncated-no-tcp'],
  refused: ['dns-refused'],
  'no-recursion': ['dns-refused'],
  servfail: ['dns-servfail'],
  upstream: ['dns-servfail'],
  dnssec: ['dns-servfail'],
  'other-rcode': ['dns-servfail'],
  // One sentence for both: the resolver does not understand the question.
  'old-dns': ['dns-formerr', 'dns-notimp'],
  formerr: ['dns-formerr'],
  notimp: ['dns-notimp'],
  malformed: ['not-the-service'],
  blocked: ['dns-wrong-address'],
  nxdomain: ['dns-nxdomain'],
  'no-data': ['dns-nodata'],
  'alias-without-address': ['dns-alias-broken'],
};

/** What is said of the resolvers that gave no address, or what the rule says where none was asked by itself. */
export function troublesOr(...otherwise: readonly Claim[]): (finding: Finding) => readonly Claim[] {
  return ({ params }) => {
    const { troubles = [] } = params as { troubles?: readonly { trouble: string }[] };
    const told = troubles.flatMap(({ trouble }) => OF_TROUBLE[trouble] ?? []);
    return told.length > 0 ? told : otherwise;
  };
}

/** What one resolver beside a good one did. */
export const ofOneResolver = ({ params }: Finding): readonly Claim[] =>
  OF_TROUBLE[String(params['status'])] ?? ['dns-silent'];
