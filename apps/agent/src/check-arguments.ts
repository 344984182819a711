import { CATALOGUE, needsLease } from '@mailpath/checks';
import {
  type Bilingual,
  BilingualError,
  CLOUD_TARGETS,
  Cloud,
  InboundProtocol,
  Language,
  Role,
  saidBy,
  StandardTarget,
  type Endpoint,
} from '@mailpath/protocol';
import { CannotRun } from './cannot-run.ts';
import { PORT_RANGE, readEndpoint } from './endpoint-text.ts';
import { collectPins, pinMap, readPin } from './pins.ts';
import { checkProxySetting, proxyRule, type ProxyRule } from './proxy.ts';
import { shellLanguage } from './shell-language.ts';

/** What the command line gave, word for word. */
export interface CheckWords {
  role?: readonly string[];
  cloud: string;
  target?: readonly string[];
  resolve?: readonly string[];
  proxy?: string;
  only?: string;
  deadline: string;
  inbound: string;
  json: boolean;
  verbose?: boolean;
  lang?: string;
  output?: string;
  report?: string;
}

export interface CheckPlan {
  roles: Role[];
  cloud: Cloud;
  overrides: Partial<Record<StandardTarget, Endpoint>>;
  /** Addresses to use for names instead of looking them up. */
  pins: ReadonlyMap<string, readonly string[]>;
  /** The proxy for the web checks; without it they go directly. */
  proxyFor?: ProxyRule;
  /** Target names and check ids; null for all. */
  only: ReadonlySet<string> | null;
  roundDeadlineMs: number;
  checkDeadlineMs: number;
  inbound: InboundProtocol;
  json: boolean;
  /** The steps of every check as well. */
  verbose: boolean;
  language: Language;
  /** Where the document or the report goes instead of stdout. */
  output: string | null;
  /** Where the report as one HTML file goes, beside the text. */
  report: string | null;
}

const CHECK_DEADLINE_MS = 10_000;

/** Turns words into a plan, or refuses with one line that names the argument and the remedy. */
export function readCheckWords(words: CheckWords): CheckPlan {
  const cloud = oneOf('--cloud', words.cloud, Cloud.options);
  const seconds = Number(words.deadline);
  if (words.deadline.trim() === '' || !(seconds >= 1 && seconds <= 300)) {
    throw refused(`--deadline "${words.deadline}"`, {
      en: 'write a number of seconds from 1 to 300',
      ja: '1 から 300 までの秒数を書いてください',
    });
  }
  const roundDeadlineMs = Math.round(seconds * 1_000);
  return {
    roles: readRoles(words.role ?? []),
    cloud,
    overrides: readTargets(words.target ?? [], cloud),
    pins: readPins(words.resolve ?? []),
    ...(words.proxy === undefined ? {} : { proxyFor: readProxy(words.proxy) }),
    only: words.only === undefined ? null : readOnly(words.only),
    roundDeadlineMs,
    checkDeadlineMs: Math.min(CHECK_DEADLINE_MS, roundDeadlineMs),
    inbound: oneOf('--inbound', words.inbound, InboundProtocol.options),
    json: words.json,
    verbose: words.verbose ?? false,
    language: readLanguage(words.lang),
    output: words.output ?? null,
    report: words.report ?? null,
  };
}

/** That of the shell where nothing is said. */
export const readLanguage = (text?: string): Language =>
  text === undefined ? shellLanguage([]) : oneOf('--lang', text, Language.options);

/** A refusal that begins with the argument as it was given. */
export function refused(argument: string, why: unknown): CannotRun {
  const { en, ja } = isBilingual(why) ? why : saidBy(why);
  return new CannotRun({ en: `${argument}: ${en}`, ja: `${argument}: ${ja}` }, { cause: why });
}

const isBilingual = (why: unknown): why is Bilingual =>
  !(why instanceof Error) && typeof (why as Partial<Bilingual> | null)?.ja === 'string';

export function oneOf<T extends string>(argument: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw refused(`${argument} "${text}"`, oneOfThese(allowed));
  return found;
}

const oneOfThese = (allowed: readonly string[]): Bilingual => ({
  en: `use one of ${allowed.join(', ')}`,
  ja: `次のいずれかを使用してください: ${allowed.join(', ')}`,
});

const parts = (text: string): string[] => text.split(',').map((part) => part.trim());

function readRoles(given: readonly string[]): Role[] {
  if (given.length === 0) return [...Role.options];
  return [...new Set(given.flatMap(parts).map((text) => oneOf('--role', text, Role.options)))];
}

function readTargets(given: readonly string[], cloud: Cloud): CheckPlan['overrides'] {
  const overrides: CheckPlan['overrides'] = {};
  for (const text of given) {
    const [, name = '', place = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
    if (place === '')
      throw refused(`--target "${text}"`, {
        en: 'write name=host:port, such as imap=127.0.0.1:993',
        ja: '名前=ホスト:ポート と書いてください。例: imap=127.0.0.1:993',
      });
    const target = StandardTarget.options.find((option) => option === name);
    if (target === undefined) {
      const { en, ja } = oneOfThese(StandardTarget.options);
      throw refused(`--target "${text}"`, {
        en: `no target "${name}"; ${en}`,
        ja: `対象 "${name}" はありません。${ja}`,
      });
    }
    if (overrides[target])
      throw refused(`--target "${text}"`, {
        en: `${name} is given twice; give it once`,
        ja: `${name} が 2 回指定されています。1 回だけ指定してください`,
      });
    overrides[target] = readPlace(text, place, CLOUD_TARGETS[cloud][target].port);
  }
  return overrides;
}

function readPlace(text: string, place: string, defaultPort: number): Endpoint {
  try {
    const { host, port } = readEndpoint(place);
    if (port === '*') throw new BilingualError(PORT_RANGE);
    return { host, port: port ?? defaultPort };
  } catch (error) {
    throw refused(`--target "${text}"`, error);
  }
}

function readPins(given: readonly string[]): CheckPlan['pins'] {
  for (const text of given) {
    try {
      readPin(text);
    } catch (error) {
      throw refused(`--resolve "${text}"`, error);
    }
  }
  return pinMap(collectPins(given));
}

/** The word itself is not repeated: it may hold a password. */
function readProxy(text: string): ProxyRule {
  try {
    checkProxySetting(text);
  } catch (error) {
    throw refused('--proxy', error);
  }
  return proxyRule(text);
}

function readOnly(text: string): ReadonlySet<string> {
  // What a check with credentials needs, only the API lends.
  const offered = CATALOGUE.filter(({ target, needs }) => target !== null && !needsLease(needs));
  const ids = offered.map(({ id }) => id);
  const known: readonly string[] = [...StandardTarget.options, ...ids];
  for (const name of parts(text)) {
    if (!known.includes(name))
      throw refused(`--only "${name}"`, {
        en: `use any of ${known.join(', ')}`,
        ja: `次の中から選んでください: ${known.join(', ')}`,
      });
  }
  return new Set(parts(text));
}
