import { withoutTrailing, type Cloud } from '@mailpath/protocol';

/**
 * Exchange Online as the resource of a token, by cloud: hosts of scopes and of `aud` (Microsoft: OAuth for IMAP, POP
 * and SMTP).
 */
const EXCHANGE_HOSTS: Readonly<Record<Cloud, readonly string[]>> = {
  // The last is a name of the same resource, which Microsoft gives for the application's own consent.
  worldwide: ['outlook.office.com', 'outlook.office365.com', 'ps.outlook.com'],
  'gcc-high': ['outlook.office365.us'],
  dod: ['outlook-dod.office365.us', 'webmail.apps.mil'],
  china: ['partner.outlook.cn'],
};
const EXCHANGE_APP_ID = '00000002-0000-0ff1-ce00-000000000000';

const GRAPH: ReadonlySet<string> = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
  '00000003-0000-0000-c000-000000000000',
]);

export type Resource = 'exchange' | 'exchange-of-another-cloud' | 'graph' | 'unknown';

/** What a scope's resource, or a token's audience, stands for. */
export function resourceOf(text: string, cloud: Cloud): Resource {
  const name = withoutTrailing('/', text.toLowerCase().replace(/^(?:https:\/\/|api:\/\/)/, ''));
  if (name === EXCHANGE_APP_ID || EXCHANGE_HOSTS[cloud].includes(name)) return 'exchange';
  if (GRAPH.has(name)) return 'graph';
  return Object.values(EXCHANGE_HOSTS).flat().includes(name) ? 'exchange-of-another-cloud' : 'unknown';
}
