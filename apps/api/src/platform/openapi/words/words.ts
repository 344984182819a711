import { CLOSED_LISTS } from './closed-lists.ts';
import { CONCLUSIONS } from './conclusions.ts';
import { ESTATE } from './estate.ts';
import { EVERYWHERE } from './everywhere.ts';
import { EVIDENCE } from './evidence.ts';
import { LIVE } from './live.ts';
import { PEOPLE } from './people.ts';
import { RETENTION } from './retention.ts';
import { UPGRADES } from './upgrades.ts';
import { WORK } from './work.ts';

const BY_PATH: Record<string, string> = {
  ...ESTATE,
  ...PEOPLE,
  ...WORK,
  ...CONCLUSIONS,
  ...EVIDENCE,
  ...LIVE,
  ...RETENTION,
  ...UPGRADES,
};

/** Schemas that show the properties of another one, and mean the same by them. */
const LIKE: Record<string, string | readonly string[]> = {
  ListedSite: ['Site', 'SiteVerdict'],
  ResultDetail: 'StoredResult',
  RetentionChange: 'Retention',
  SiteCreation: 'Site',
  SiteChange: 'Site',
  ServerCreation: 'Server',
  ServerChange: 'Server',
  MailboxCreation: 'Mailbox',
  MailboxChange: 'Mailbox',
  ApiKeyCreation: 'ApiKey',
  NewApiKey: 'ApiKey',
  UserCreation: 'User',
  UserChange: 'User',
  SignInCreation: 'SignIn',
  NewSignIn: 'SignIn',
  ExternalTestRecord: 'ExternalTest',
  FindingDetail: 'FindingSummary',
};

/** What a component is; a closed list says what each of its words means. */
export function wordsOfSchema(name: string): string | undefined {
  const list = CLOSED_LISTS[name];
  if (!list) return BY_PATH[name];
  const words = Object.entries(list.words).map(([word, meaning]) => `- \`${word}\`: ${meaning}`);
  return [list.is, ...(words.length > 0 ? ['', ...words] : [])].join('\n');
}

/** What the property at this path of a component is, such as `['dns', 'addresses']`; lists are no step of their own. */
export function wordsOfProperty(schema: string, path: readonly string[]): string | undefined {
  const leaf = path.at(-1) ?? '';
  const names = [schema, ...[LIKE[schema] ?? []].flat()].filter((name) => name !== undefined);
  for (const name of names) {
    const words = BY_PATH[[name, ...path].join('.')] ?? BY_PATH[`${name}:${leaf}`];
    if (words !== undefined) return words;
  }
  return EVERYWHERE[leaf];
}

/** Every name that words are kept for: one that nothing has is left over from something that went. */
export const KEPT_WORDS: readonly string[] = [...Object.keys(BY_PATH), ...Object.keys(CLOSED_LISTS)];
