import { CATALOGUE, needsLease } from '@mailpath/checks';
import {
  CLOUD_TARGETS,
  Cloud,
  InboundProtocol,
  Language,
  Role,
  StandardTarget,
  type Endpoint,
} from '@mailpath/protocol';
import { CannotRun } from './cannot-run.ts';
import { readEndpoint } from './endpoint-text.ts';
import { collectPins, pinMap, readPin } from './pins.ts';
import { checkProxySetting, proxyRule, type ProxyRule } from './proxy.ts';

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
}

const CHECK_DEADLINE_MS = 10_000;

/** Turns words into a plan, or refuses with one line that names the argument and the remedy. */
export function readCheckWords(words: CheckWords): CheckPlan {
  const cloud = oneOf('--cloud', words.cloud, Cloud.options);
  const seconds = Number(words.deadline);
  if (words.deadline.trim() === '' || !(seconds >= 1 && seconds <= 300)) {
    throw new CannotRun(`--deadline "${words.deadline}": write a number of seconds from 1 to 300`);
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
  };
}

/** English where nothing is said. */
export const readLanguage = (text = 'en'): Language => oneOf('--lang', text, Language.options);

export function oneOf<T extends string>(argument: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === text);
  if (found === undefined) throw new CannotRun(`${argument} "${text}": use one of ${allowed.join(', ')}`);
  return found;
}

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
      throw new CannotRun(`--target "${text}": write name=host:port, such as imap=127.0.0.1:993`);
    const target = StandardTarget.options.find((option) => option === name);
    if (target === undefined) {
      throw new CannotRun(
        `--target "${text}": no target "${name}"; use one of ${StandardTarget.options.join(', ')}`,
      );
    }
    if (overrides[target]) throw new CannotRun(`--target "${text}": ${name} is given twice; give it once`);
    overrides[target] = readPlace(text, place, CLOUD_TARGETS[cloud][target].port);
  }
  return overrides;
}

function readPlace(text: string, place: string, defaultPort: number): Endpoint {
  try {
    const { host, port } = readEndpoint(place);
    if (port === '*') throw new Error('a port is a whole number from 1 to 65535');
    return { host, port: port ?? defaultPort };
  } catch (error) {
    throw new CannotRun(`--target "${text}": ${(error as Error).message}`, { cause: error });
  }
}

function readPins(given: readonly string[]): CheckPlan['pins'] {
  for (const text of given) {
    try {
      readPin(text);
    } catch (error) {
      throw new CannotRun(`--resolve "${text}": ${(error as Error).message}`, { cause: error });
    }
  }
  return pinMap(collectPins(given));
}

/** The word itself is not repeated: it may hold a password. */
function readProxy(text: string): ProxyRule {
  try {
    checkProxySetting(text);
  } catch (error) {
    throw new CannotRun(`--proxy: ${(error as Error).message}`, { cause: error });
  }
  return proxyRule(text);
}

function readOnly(text: string): ReadonlySet<string> {
  // What a check with credentials needs, only the API lends.
  const offered = CATALOGUE.filter(({ target, needs }) => target !== null && !needsLease(needs));
  const ids = offered.map(({ id }) => id);
  const known: readonly string[] = [...StandardTarget.options, ...ids];
  for (const name of parts(text)) {
    if (!known.includes(name)) throw new CannotRun(`--only "${name}": use any of ${known.join(', ')}`);
  }
  return new Set(parts(text));
}
