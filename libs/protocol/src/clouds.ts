import type { Endpoint, StandardTarget } from './target.ts';
import type { Cloud } from './words.ts';

const https = (host: string): Endpoint => ({ host, port: 443 });
const smtp = (host: string): Endpoint => ({ host, port: 587 });
const imap = (host: string): Endpoint => ({ host, port: 993 });
const pop3 = (host: string): Endpoint => ({ host, port: 995 });

/**
 * The concrete hosts behind the checklist's URLs and ports (S52 to S60) in each cloud, from Microsoft's published
 * endpoint sets: worldwide ids 1, 2 and 56; GCC High ids 1, 5, 13 and 14; DoD ids 1, 4, 13 and 14; 21Vianet ids 1, 17
 * and 20. `login-alias` is the second sign-in name: login.microsoft.com worldwide (S32, S46); the worldwide sign-in
 * host in the US Government clouds, whose lists still ask for it (id 14).
 *
 * The SMTP names of GCC High and China are the ones clients use in practice; the published lists only give the
 * wildcard or the Outlook host for port 587. A site may replace any of them.
 */
export const CLOUD_TARGETS: Readonly<Record<Cloud, Readonly<Record<StandardTarget, Endpoint>>>> = {
  worldwide: {
    login: https('login.microsoftonline.com'),
    'login-alias': https('login.microsoft.com'),
    exchange: https('outlook.office365.com'),
    smtp: smtp('smtp.office365.com'),
    imap: imap('outlook.office365.com'),
    pop3: pop3('outlook.office365.com'),
  },
  'gcc-high': {
    login: https('login.microsoftonline.us'),
    'login-alias': https('login.microsoftonline.com'),
    exchange: https('outlook.office365.us'),
    smtp: smtp('smtp.office365.us'),
    imap: imap('outlook.office365.us'),
    pop3: pop3('outlook.office365.us'),
  },
  dod: {
    login: https('login.microsoftonline.us'),
    'login-alias': https('login.microsoftonline.com'),
    exchange: https('outlook-dod.office365.us'),
    smtp: smtp('outlook-dod.office365.us'),
    imap: imap('outlook-dod.office365.us'),
    pop3: pop3('outlook-dod.office365.us'),
  },
  china: {
    login: https('login.partner.microsoftonline.cn'),
    'login-alias': https('login.chinacloudapi.cn'),
    exchange: https('partner.outlook.cn'),
    smtp: smtp('smtp.partner.outlook.cn'),
    imap: imap('partner.outlook.cn'),
    pop3: pop3('partner.outlook.cn'),
  },
};

/**
 * Where Entra ID sends a person with a device code (RFC 8628, `verification_uri`), in each cloud, beside
 * `…/oauth2/deviceauth` at the sign-in host itself: the values that its device authorization endpoints are known to
 * answer.
 */
export const DEVICE_PAGES: Readonly<Record<Cloud, readonly string[]>> = {
  worldwide: [
    'https://microsoft.com/devicelogin',
    'https://www.microsoft.com/devicelogin',
    'https://login.microsoft.com/device',
    'https://www.microsoft.com/link',
  ],
  'gcc-high': ['https://microsoft.com/deviceloginus', 'https://www.microsoft.com/deviceloginus'],
  dod: ['https://microsoft.com/deviceloginus', 'https://www.microsoft.com/deviceloginus'],
  china: ['https://microsoft.com/deviceloginchina', 'https://www.microsoft.com/deviceloginchina'],
};

/**
 * Permissions of Exchange Online that a user's token needs, by protocol (delegated; picked in Entra, asked for
 * Outlook).
 */
export const MAIL_SCOPES = {
  imap: 'IMAP.AccessAsUser.All',
  pop3: 'POP.AccessAsUser.All',
  smtp: 'SMTP.Send',
} as const;

/**
 * Exchange Online as the resource of a token request, in each cloud: delegated scopes, and `/.default` for the
 * application's own token.
 */
export const TOKEN_RESOURCE: Readonly<Record<Cloud, { delegated: string; application: string }>> = {
  worldwide: { delegated: 'https://outlook.office.com', application: 'https://outlook.office365.com' },
  'gcc-high': { delegated: 'https://outlook.office365.us', application: 'https://outlook.office365.us' },
  dod: { delegated: 'https://outlook-dod.office365.us', application: 'https://outlook-dod.office365.us' },
  china: { delegated: 'https://partner.outlook.cn', application: 'https://partner.outlook.cn' },
};
