import { ALL, APPLICATION } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const stripped = { cause: 'starttls.missing', owner: 'network', items: 'X6' } as const;
const noXoauth2 = { cause: 'greet.no-xoauth2', owner: 'network', items: 'X6' } as const;
const wrongGreeting = { cause: 'greet.unexpected', owner: 'network', items: 'C10' } as const;
const noGreeting = { cause: 'greet.silent', owner: 'network', items: 'C10' } as const;
const page = { cause: 'http.unexpected', owner: 'proxy', items: 'C9' } as const;
const noHttp = { cause: 'http.silent', owner: 'proxy', items: 'C9' } as const;

/** What answers, and is not Microsoft. */
export const OF_THE_TALK: readonly Situation[] = [
  single(
    'an inspector masks what SMTP offers to svc01',
    ['svc01'],
    'an inspector masks what SMTP offers',
    stripped,
  ),
  single(
    'STARTTLS is taken out of the SMTP of app01',
    ['app01'],
    'STARTTLS is taken out of what SMTP offers',
    stripped,
  ),
  single(
    'STARTTLS is taken out of the SMTP of everybody',
    ALL,
    'STARTTLS is taken out of what SMTP offers',
    stripped,
  ),
  single(
    'STARTTLS is masked for application servers',
    APPLICATION,
    'an inspector masks what SMTP offers',
    stripped,
  ),
  single(
    'something answers IMAP for svc01 and knows no XOAUTH2',
    ['svc01'],
    'IMAP does not offer XOAUTH2',
    noXoauth2,
  ),
  single(
    'something answers POP3 for app02 and knows no XOAUTH2',
    ['app02'],
    'POP3 does not offer XOAUTH2',
    noXoauth2,
  ),
  single('svc02 gets a web page from IMAP', ['svc02'], 'IMAP greets with a web page', wrongGreeting),
  single('app01 gets a web page from POP3', ['app01'], 'POP3 greets with a web page', wrongGreeting),
  single(
    'app02 is led to POP3 on the port of IMAP',
    ['app02'],
    "IMAP greets with POP3's greeting",
    wrongGreeting,
  ),
  single(
    'app03 is led to IMAP on the port of POP3',
    ['app03'],
    "POP3 greets with IMAP's greeting",
    wrongGreeting,
  ),
  single('svc01 is not greeted by IMAP', ['svc01'], 'IMAP does not greet', noGreeting),
  single('app03 is not greeted by SMTP', ['app03'], 'SMTP does not greet', noGreeting),
  single('SMTP is not active, for anybody', ALL, 'SMTP says that it is not active', {
    cause: ['greet.refused', 'login.unavailable'],
    owner: 'microsoft',
    items: 'X7',
  }),
  single(
    'a web filter blocks the sign-in of svc01',
    ['svc01'],
    'the sign-in host is answered by a page that blocks it',
    page,
  ),
  single('a portal wants app03 to click', ['app03'], 'the sign-in host is answered by a page to click', page),
  single('the sign-in host is out of service', ALL, 'the sign-in host answers that it is not available', {
    cause: ['http.unexpected', 'token.unavailable'],
    owner: ['microsoft', 'proxy'],
    items: ['X7', 'C9'],
  }),
  single('the sign-in host asks everybody to slow down', ALL, 'the sign-in host asks to slow down', {
    cause: 'throttled',
    owner: 'ece-administrator',
    items: 'X7',
  }),
  single(
    'app01 is let in by the sign-in host and not answered',
    ['app01'],
    'the sign-in host never answers a request',
    noHttp,
  ),
  single(
    'svc02 is let in by Outlook and not answered',
    ['svc02'],
    'the web side of Outlook never answers a request',
    noHttp,
  ),
  single(
    'a web filter blocks the sign-in of everybody',
    ALL,
    'the sign-in host is answered by a page that blocks it',
    page,
  ),
  single(
    'the sign-in host is out of service for app02 alone',
    ['app02'],
    'the sign-in host answers that it is not available',
    page,
  ),
  single('nobody is greeted by SMTP', ALL, 'SMTP does not greet', noGreeting),
  single('IMAP knows no XOAUTH2, for anybody', ALL, 'IMAP does not offer XOAUTH2', noXoauth2),
];
