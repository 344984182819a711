import type { StoredResult } from '../api/types.ts';

type Result = StoredResult['result'];
type Fact = string | number | boolean | null | undefined;
type Group = Record<string, Fact | readonly Fact[]>;

const textOf = (fact: Group[string]): string =>
  typeof fact === 'string' || typeof fact === 'number' ? `${fact}` : '';
const groupOf = ({ evidence }: Result, name: string): Group => (evidence[name] ?? {}) as Group;
const said = (...texts: string[]): string[] =>
  texts.filter((text) => text !== '').map((text) => `S: ${text}`);

const HEADERS: readonly (readonly [string, string])[] = [
  ['Date', 'date'],
  ['Server', 'server'],
  ['Via', 'via'],
  ['Content-Type', 'contentType'],
  ['Location', 'location'],
  ['Retry-After', 'retryAfter'],
];

/**
 * The request of a web check and the head of its answer, with what it says it refuses: the same lines that
 * `mailpath-agent check --verbose` prints, which a spec holds. Fields of a query or form have their names alone.
 */
export function webLinesOf(result: Result): string[] {
  const [http, token, redirect, proxy] = ['http', 'token', 'redirect', 'proxy'].map((name) =>
    groupOf(result, name),
  ) as [Group, Group, Group, Group];
  const { host, port } = result.target;
  const grant = textOf(token['grant']);
  const parameters = Array.isArray(http['parameters'])
    ? http['parameters'].map(String)
    : grant === ''
      ? []
      : ['grant_type'];
  const fields = parameters.map((name) => `${name}=${name === 'grant_type' && grant !== '' ? grant : '…'}`);
  const status = textOf(http['status'] ?? redirect['status'] ?? token['status']);
  const request = textOf(http['request']);
  const throughProxy =
    textOf(proxy['reply'] ?? null) || (textOf(proxy['status']) && `HTTP ${textOf(proxy['status'])}`);
  return [
    ...(/^https?:/.test(textOf(proxy['url'])) ? [`C: CONNECT ${host}:${port}`] : []),
    ...said(throughProxy),
    ...(request === '' ? [] : [`C: ${request}`, `C: Host: ${host}`]),
    ...(fields.length > 0 ? [`C: ${fields.join('&')}`] : []),
    ...(status === '' ? [] : said(`HTTP ${status}`)),
    ...HEADERS.flatMap(([name, key]) =>
      textOf(http[key]) === '' ? [] : said(`${name}: ${textOf(http[key])}`),
    ),
    ...said([textOf(token['error']), textOf(token['suberror'])].filter(Boolean).join(' ')),
    ...said(textOf(token['description']), textOf(redirect['error']), textOf(redirect['description'])),
  ];
}
