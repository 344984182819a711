import { LISTS_OF_HISTORY } from './lists-of-history.ts';
import { LISTS_OF_PEOPLE } from './lists-of-people.ts';

/** What each word of a closed list means. */
export const CLOSED_LISTS: Record<string, { is: string; words: Record<string, string> }> = {
  ...LISTS_OF_HISTORY,
  ...LISTS_OF_PEOPLE,
  AccountKind: {
    is: 'Whose account ECE signs in to mailboxes with.',
    words: { mailbox: 'each mailbox has its own', shared: 'one account for all of them' },
  },
  AgentState: {
    is: "Whether the server's agent talks to the API now.",
    words: {
      connected: 'it does',
      disconnected: 'it does not',
      none: 'none was ever enrolled, or its key was revoked',
    },
  },
  ClockUsed: {
    is: 'By which clock a result is listed.',
    words: {
      server: "the server's own",
      corrected: "the server's, less what other ends have shown it to be ahead",
      received: "the API's, when it arrived, because the server's clock cannot be right",
    },
  },
  Cloud: {
    is: "Microsoft's separate clouds.",
    words: {
      worldwide: 'the commercial cloud and GCC',
      'gcc-high': 'US Government GCC High',
      dod: 'US Government DoD',
      china: 'operated by 21Vianet',
    },
  },
  Confidence: {
    is: 'How sure a conclusion is.',
    words: {
      certain: 'nothing else explains the results',
      likely: 'something else might, but is rarer',
      possible: 'one of several causes',
    },
  },
  Demand: {
    is: 'What the checklist asks of a server for a check.',
    words: {
      required: 'without it a process of the role cannot work',
      recommended: 'only the blanket demand of the checklist asks for it',
      optional: 'the site does not use it there',
    },
  },
  FailureCode: {
    is: 'Why a phase failed.',
    words: {
      'not-found': 'the name does not exist',
      'resolver-failed': 'no resolver gave a usable answer',
      refused: 'the other end, or a firewall in its name, refused the connection',
      unreachable: 'there is no route',
      reset: 'the connection was cut by RST',
      closed: 'the other end closed the connection before the step was done',
      timeout: 'nothing came before the deadline',
      untrusted: 'the certificate is not valid for this name on this machine',
      'tls-failed': 'the TLS handshake failed',
      'unexpected-reply': 'the answer is not what the protocol asks for',
      denied: 'the other end said no for good',
      unavailable: 'the other end said that it cannot now',
      throttled: 'the other end asked to slow down',
      internal: "a fault of Mailpath itself, never the network's",
    },
  },
  FindingState: {
    is: 'Where a finding stands.',
    words: {
      pending: 'seen, and not yet confirmed by a second look or a later round',
      open: 'confirmed, and it still holds',
      closed: 'everything that it rested on was seen without it',
    },
  },
  InboundProtocol: {
    is: 'How the site fetches mail.',
    words: { imap: 'by IMAP', pop3: 'by POP3', undecided: 'not known: both count as wanted' },
  },
  LineFault: {
    is: 'What keeps WebSocket from getting through.',
    words: {
      'upgrade-refused': 'the upgrade to WebSocket is answered with another status',
      silent: 'the connection stands, and nothing comes on it',
      cut: 'the connection is ended before the API has said a word',
    },
  },
  Outcome: {
    is: 'What came of one execution of a check.',
    words: {
      pass: 'it works',
      warn: 'it works, but not on every path that a client may take',
      fail: 'it does not work',
      throttled: 'the other end asked to slow down, which says nothing about the path',
      skipped: 'it was not tried',
    },
  },
  Owner: {
    is: 'Who must act.',
    words: {
      network: 'the network team',
      proxy: 'the proxy team',
      dns: 'the DNS team',
      entra: 'the Entra administrator',
      exchange: 'the Exchange administrator',
      'ece-administrator': 'the ECE administrator',
      'server-administrator': "the administrator of the server's machine",
      microsoft: 'Microsoft',
      mailpath: 'whoever runs Mailpath',
      unknown: 'that cannot be told yet',
    },
  },
  Language: {
    is: 'The language of sentences for a person.',
    words: { en: 'English', ja: 'Japanese' },
  },
  Lane: {
    is: 'What ECE does with Microsoft 365, in the order in which it does it.',
    words: {
      reach: 'it reaches the services',
      ece: 'its own settings and addresses',
      token: 'it obtains a token',
      fetch: 'it fetches mail',
      send: 'it sends mail',
      'round-trip': 'a message goes out and comes back',
      own: 'a place that the site added',
    },
  },
  Phase: {
    is: 'A named step of a check, in the order in which a connection walks them.',
    words: {
      resolve: 'the name is resolved',
      connect: 'a TCP connection is established',
      proxy: 'the proxy is asked to connect',
      tls: 'the TLS handshake',
      greet: 'the greeting of the mail server',
      starttls: 'the connection is upgraded to TLS',
      authenticate: 'the sign-in',
      'open-mailbox': 'the mailbox is opened',
      http: 'an HTTP request',
      token: 'a token is obtained',
      send: 'a message is sent',
      receive: 'the message is found',
    },
  },
  ProblemCode: { is: 'Why a request was refused; docs/problems.md says what to do.', words: {} },
  Reach: {
    is: 'How far a cause reaches.',
    words: {
      server: 'one server or some',
      role: 'every server of a role, and no other',
      site: 'every server that looked',
    },
  },
  Role: {
    is: "A role among ECE's.",
    words: {
      services: 'fetches and sends mail',
      application: 'serves agents and administrators, and sends alarms',
    },
  },
  RunKind: {
    is: 'Who asked for a run.',
    words: {
      asked: 'a caller',
      mailboxes: 'the schedule, for the mailboxes',
      'sign-in': "a user's first token",
    },
  },
  RunServerState: {
    is: 'How far a server is in a run.',
    words: {
      offline: 'its agent was not connected',
      waiting: 'results are missing',
      done: 'all results have arrived',
      'no-answer': 'the deadline went by',
    },
  },
  SettingState: {
    is: 'What came of judging something.',
    words: {
      holds: 'something shows it',
      broken: 'it does not hold',
      'cannot-tell': 'a fact is missing, or does not decide',
    },
  },
  Severity: {
    is: 'How bad it is for mail, the worst first.',
    words: {
      error: 'what mail needs is broken',
      warning: 'what is recommended is broken',
      info: 'worth knowing',
    },
  },
  SignInFlow: {
    is: 'How a user signs in.',
    words: {
      browser: 'authorization code with PKCE, as ECE does it',
      'device-code': 'a code to type in any browser (RFC 8628)',
    },
  },
  SignInState: {
    is: 'Where a sign-in stands.',
    words: {
      waiting: 'for a person',
      redeeming: 'the agent obtains the token',
      done: 'the tokens are kept',
      failed: '`failure` says why',
      expired: 'nobody signed in within 15 minutes',
    },
  },
  SiteGrant: {
    is: 'How mail accounts sign in.',
    words: {
      delegated: 'a user signs in, as ECE does it',
      'app-only': 'the application itself, for nobody in particular',
    },
  },
  StandardTarget: {
    is: 'What checks are aimed at by default.',
    words: {
      login: 'the sign-in host of the cloud',
      'login-alias': 'its older name',
      exchange: 'the web host of Exchange Online',
      smtp: 'SMTP submission',
      imap: 'IMAP over TLS',
      pop3: 'POP3 over TLS',
    },
  },
  SubjectKind: {
    is: 'What an item of the checklist is judged for.',
    words: { site: 'the site', server: 'a server', mailbox: 'a mailbox' },
  },
  VerdictWord: {
    is: 'What a site is, in one word.',
    words: {
      safe: 'nothing that matters is broken, and all servers report',
      watch: 'a warning is open, a failure waits to be confirmed, or a server does not report',
      unsafe: 'an error is open',
      unknown: 'no server tells anything of now',
    },
  },
};
