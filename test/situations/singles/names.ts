import { ALL, APPLICATION } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const noAnswer = { cause: 'resolve.no-answer', owner: 'dns', items: 'C9' } as const;
const notFound = { cause: 'resolve.not-found', owner: 'dns', items: 'C9' } as const;
const hostsFile = { cause: 'resolve.hosts-entry', owner: 'server-administrator', items: 'C9' } as const;
const sinkhole = { cause: 'resolve.unusual-address', owner: 'dns', items: 'C9' } as const;
const oneResolver = { cause: 'resolve.one-resolver', owner: 'dns', items: 'C9' } as const;

/** Names that do not become addresses, or not Microsoft's. */
export const OF_NAMES: readonly Situation[] = [
  single('the resolver of svc01 is dead', ['svc01'], 'its resolver says nothing', noAnswer),
  single(
    'the resolver of app02 fails on every name',
    ['app02'],
    'its resolver says that it failed',
    noAnswer,
  ),
  single('the resolver of all servers refuses them', ALL, 'its resolver refuses to answer', noAnswer),
  single(
    'app03 asks a resolver that knows nothing of the Internet',
    ['app03'],
    'its resolver knows none of the names',
    {
      cause: 'resolve.no-name',
      owner: 'dns',
      items: 'C9',
    },
  ),
  single('app01 finds no sign-in host', ['app01'], 'its resolver does not know the sign-in host', notFound),
  single('svc02 finds no Outlook host', ['svc02'], 'its resolver does not know the Outlook host', notFound),
  single('nobody finds the SMTP host', ALL, 'its resolver does not know the SMTP host', notFound),
  single(
    'application servers find no SMTP host',
    APPLICATION,
    'its resolver does not know the SMTP host',
    notFound,
  ),
  single(
    'the resolver of svc01 fails on the SMTP host alone',
    ['svc01'],
    'its resolver fails on the SMTP host',
    {
      cause: 'resolve.name-fails',
      owner: 'dns',
      items: 'C9',
    },
  ),
  single(
    'the hosts file of app02 has an old address of Outlook',
    ['app02'],
    'its hosts file leads the Outlook host astray',
    hostsFile,
  ),
  single(
    'the hosts file of svc02 has an old address of SMTP',
    ['svc02'],
    'its hosts file leads the SMTP host astray',
    hostsFile,
  ),
  single(
    'app01 is led into a sinkhole instead of the sign-in host',
    ['app01'],
    'its resolver sends the sign-in host into a sinkhole',
    sinkhole,
  ),
  single(
    'all are led into a sinkhole instead of the SMTP host',
    ALL,
    'its resolver sends the SMTP host into a sinkhole',
    sinkhole,
  ),
  single(
    'one of the two resolvers of svc01 refuses it',
    ['svc01'],
    'its second resolver refuses to answer',
    oneResolver,
  ),
  single(
    'one of the two resolvers of all servers fails',
    ALL,
    'its second resolver says that it failed',
    oneResolver,
  ),
];
