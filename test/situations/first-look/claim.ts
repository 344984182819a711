/**
 * What a first-look situation expects to be said, in words of the field and not of any rule: a closed list. Whoever
 * builds the diagnosis says for each of its rules which of these it claims (`claims-of-rules.ts`).
 */
export const CLAIMS = {
  // Names
  'dns-nxdomain': 'the resolver says that the name does not exist',
  'dns-nodata': 'the name exists and has no address of the family that is needed',
  'dns-servfail': 'the resolver says that it failed',
  'dns-refused': 'the resolver does not serve this client',
  'dns-formerr': 'the resolver takes the question for malformed, EDNS included',
  'dns-notimp': 'the resolver does not do such questions',
  'dns-silent': 'the resolver says nothing',
  'dns-truncated-no-tcp': 'the answer is too long for UDP, and TCP 53 does not give it',
  'dns-one-family-silent': 'one family is answered, and the question for the other never is',
  'dns-slow': 'the resolver answers, and late',
  'dns-wrong-address':
    'the name leads to an address that is not Microsoft’s, by a filter, a zone or an old entry',
  'dns-alias-broken': 'the chain of aliases leads nowhere',
  'dns-flapping': 'the same question is answered now well and now not',
  // Connections
  'port-closed': 'a connection is refused',
  'port-dropped': 'a connection is not answered',
  'network-down': 'the server reaches nothing',
  'one-address': 'one address of several does not serve, and another one does',
  'path-slow': 'the path or the link is slow',
  'path-lossy': 'connections break off now and then',
  'connection-reset': 'a connection stands and is reset',
  'accepted-and-silent': 'a connection stands and nothing is said on it',
  'proxy-refuses': 'a proxy wants a sign-in or forbids',
  'clock-wrong': 'the server’s clock is off',
  // TLS
  'tls-intercepted': 'something on the path, or on the server, makes certificates',
  'tls-certificate-expired': 'the certificate has run out',
  'tls-certificate-not-yet-valid': 'the certificate is not valid yet',
  'tls-other-name': 'the certificate is for another name',
  'tls-self-signed': 'nobody vouches for the certificate',
  'tls-weak': 'a signature or a key is too weak',
  'tls-intermediate-missing': 'an authority between root and certificate is not sent along',
  'tls-root-missing': 'this machine does not hold the root, which has the name of a known one',
  'tls-old-version': 'no TLS from 1.2 on is spoken',
  'tls-handshake-cut': 'the handshake is cut or swallowed',
  // What speaks on the port
  'not-the-service': 'something else than the service answers: a page, another protocol, a filter',
  'capability-removed': 'what the service offers was taken out of its answer',
  // What is answered, by what it means
  'answer-says: permission': 'a right to a mailbox, or to send as it, is missing',
  'answer-says: sign-in refused': 'the token or its user is refused',
  'answer-says: protocol off': 'a protocol is switched off for user, mailbox or tenant',
  'answer-says: no mailbox': 'the mailbox does not exist, has moved or has no licence',
  'answer-says: mailbox full': 'a quota of storage is used up',
  'answer-says: mailbox in use': 'another session has the mailbox',
  'answer-says: sending limit': 'a limit of messages or recipients is reached',
  'answer-says: sender blocked': 'account or tenant is blocked from sending',
  'answer-says: recipient': 'the recipient’s address is not accepted',
  'answer-says: content': 'the message itself is not accepted',
  'answer-says: syntax': 'the command or its arguments are not accepted',
  'answer-says: throttled': 'the far end asks to slow down',
  'answer-says: unavailable': 'the service cannot now',
  'answer-says: policy':
    'a policy of the tenant blocks: Conditional Access, security defaults, token protection',
  'answer-says: multi-factor': 'a person has to prove more than a password',
  'answer-says: grant ended': 'the grant has run out or was revoked: a new sign-in helps',
  'answer-says: wrong tenant': 'tenant or cloud of grant, account, application and address do not fit',
  'answer-says: client secret': 'the secret or certificate of the application is wrong or has run out',
  'answer-says: registration':
    'the registration of the application: redirect URI, platform, client id, disabled',
  'answer-says: consent': 'permissions of the application were not asked for or not consented to',
  'answer-says: account': 'the user is unknown, disabled, locked or has a password to change',
  'answer-says: basic authentication ended': 'passwords are no longer accepted',
  'answer-says: audience': 'the token is for another resource than Exchange Online',
  'answer-says: elsewhere': 'the mailbox is in an Exchange of the organisation’s own',
  'answer-cut': 'an answer came in part only',
  'answer-unknown': 'the answer is none that is known; what it says is quoted, no cause is given as certain',
  // Settings and silence
  'other-user': 'the token is of another user than the mailbox’s',
  'server-does-not-report': 'nothing comes from the server',
  // What must not be said
  'grant-send-as': 'the remedy Add-RecipientPermission',
  'create-token-again': 'the remedy of a new sign-in in ECE',
  'mailpath-at-fault': 'that Mailpath asked wrongly',
  'wait-and-see': 'that it will pass',
} as const satisfies Record<string, string>;

export type Claim = keyof typeof CLAIMS;
