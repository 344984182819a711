import { CLOUD_TARGETS } from '@mailpath/protocol';

/** Names that the stand-in's certificate has beside its own addresses: Microsoft's, worldwide, and localhost. */
export const MICROSOFT_NAMES: readonly string[] = [
  ...new Set([
    ...Object.values(CLOUD_TARGETS.worldwide).map(({ host }) => host),
    'login.windows.net',
    'outlook.office.com',
    'localhost',
  ]),
];
