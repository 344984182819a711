import { ALL, SERVICES } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const refused = (items: string | readonly string[]) =>
  ({ cause: 'mailbox.refused', owner: 'exchange', items }) as const;
/** POP3 has one answer for a token that is refused and for a mailbox that is closed to it; SMTP accepts the token. */
const popRefused = {
  cause: ['mailbox.refused', 'pop3.refused-alone'],
  owner: 'exchange',
  items: 'C6',
} as const;
const authOff = { cause: 'smtp.auth-off', owner: 'exchange', items: 'C6' } as const;
const sender = { cause: 'send.denied', owner: 'exchange', items: ['C8', 'X7', 'C6'] } as const;
const throttled = { cause: 'throttled', owner: 'ece-administrator', items: 'X7' } as const;
const unavailable = { cause: 'login.unavailable', owner: 'microsoft', items: 'X7' } as const;
const unavailableHere = { cause: 'login.unavailable', owner: ['network', 'unknown'], items: 'X7' } as const;
const tokenRefused = { cause: 'login.token-refused', owner: 'entra', items: ['X4', 'X6', 'C10'] } as const;

/** What Exchange Online says to those who sign in. */
export const OF_MAIL: readonly Situation[] = [
  single('IMAP is off for a mailbox', ALL, 'IMAP is off for sales', refused('C6'), SERVICES),
  single('POP3 is off for a mailbox', ALL, 'POP3 is off for sales', popRefused, SERVICES),
  single(
    'the shared account has no full access',
    ALL,
    'the shared account may not open support',
    refused('C8'),
    SERVICES,
  ),
  single('SMTP AUTH is off in the tenant', ALL, 'SMTP AUTH is off in the tenant', authOff),
  single('SMTP AUTH is off for a mailbox', ALL, 'SMTP AUTH is off for sales', authOff),
  single(
    'the shared account may not send as the mailbox',
    ALL,
    'the shared account may not send as support',
    sender,
    SERVICES,
  ),
  single('a mailbox is full', ALL, 'the mailbox support is full', sender, SERVICES),
  single('the tenant was blocked from sending', SERVICES, 'the tenant is blocked from sending', {
    cause: 'send.denied',
    owner: ['exchange', 'microsoft'],
    items: 'X5',
  }),
  single('IMAP asks to slow down', SERVICES, 'IMAP throttles sales', throttled),
  single('SMTP asks app01 to slow down', ['app01'], 'SMTP throttles sales', {
    ...throttled,
    // 4.7.500 to 4.7.699 throttle a public address, and no set-up of ECE.
    owner: ['ece-administrator', 'exchange'],
  }),
  single('IMAP is not available, for anybody', SERVICES, 'IMAP says Server Unavailable', unavailable),
  single('IMAP is not available to svc01', ['svc01'], 'IMAP says Server Unavailable', unavailableHere),
  single('SMTP is not available, for anybody', ALL, 'SMTP has a temporary server error', unavailable),
  single('SMTP is not available to app02', ['app02'], 'SMTP has a temporary server error', unavailableHere),
  single('SMTP cannot check anybody’s sign-in', ALL, 'SMTP cannot check sign-ins', unavailable),
  single('IMAP refuses the token of svc02 alone', ['svc02'], 'IMAP refuses the token of sales', tokenRefused),
  single('SMTP refuses the token of app03 alone', ['app03'], 'SMTP refuses the token of sales', tokenRefused),
  single('a policy refuses app02 at SMTP', ['app02'], 'a policy refuses sales at SMTP', {
    ...tokenRefused,
    owner: ['entra', 'exchange'],
  }),
  single('a mailbox has no licence', ALL, 'the mailbox sales has no licence', refused('C7'), SERVICES),
  single('SMTP refuses everybody’s token', ALL, 'SMTP refuses the token of sales', {
    cause: ['smtp.refused-alone', 'login.token-refused'],
    owner: ['exchange', 'ece-administrator', 'entra'],
    items: ['C6', 'X2'],
  }),
];
