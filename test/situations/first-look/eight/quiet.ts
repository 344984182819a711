import { ALL } from '../../site.ts';
import { ECE, everywhere, on, resolver, SALES, SUPPORT } from '../faults.ts';
import { type FirstLook, nothingToSay } from '../situation.ts';

export const QUIET: readonly FirstLook[] = [
  nothingToSay(
    'the tenant gives tokens of a day',
    'A long lifetime of access tokens, as continuous access evaluation brings it.',
    everywhere({ tenant: { accessTokenSeconds: 86_400 } }),
  ),
  nothingToSay(
    'SMTP AUTH is off in the tenant and on for both accounts',
    'The mailbox’s own switch wins over the tenant’s.',
    everywhere(
      { tenant: { smtpAuthDisabled: true } },
      { user: SALES, is: { smtpAuthDisabled: false } },
      { user: ECE, is: { smtpAuthDisabled: false } },
    ),
  ),
  nothingToSay(
    'POP3 is off for everybody at a site that reads by IMAP',
    'Good practice: what is not used is off.',
    everywhere({ user: SALES, is: { popEnabled: false } }, { user: ECE, is: { popEnabled: false } }),
  ),
  nothingToSay(
    'the user of the shared mailbox is disabled',
    'As Exchange makes shared mailboxes: nobody signs in as support.',
    everywhere({ user: SUPPORT, is: { enabled: false, imapEnabled: false } }),
  ),
  nothingToSay(
    'the tenant is named by its domain',
    'An authority may have the domain in place of the GUID.',
    everywhere({ setUp: { tenant: 'contoso.example' } }),
  ),
  nothingToSay(
    'the site is far from its front door',
    'A tenth of a second further, for all servers alike.',
    on(ALL, { machine: { farMs: 120 } }),
  ),
  nothingToSay(
    'the clock of app02 is forty seconds behind',
    'Within what everybody tolerates.',
    on(['app02'], { machine: { aheadMs: -40_000 } }),
  ),
  nothingToSay(
    'the resolver says for IPv6 that a name has no address',
    'NODATA for AAAA is the usual answer of a site without IPv6.',
    on(ALL, resolver({ id: 'dns-nodata', family: 6 })),
  ),
  nothingToSay(
    'the permissions are asked for under the other host of Exchange',
    'outlook.office365.com is as good as outlook.office.com.',
    everywhere({
      setUp: {
        scopes: [
          'https://outlook.office365.com/IMAP.AccessAsUser.All',
          'https://outlook.office365.com/SMTP.Send',
        ],
      },
    }),
  ),
];
