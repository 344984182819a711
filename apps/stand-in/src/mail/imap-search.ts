import type { Argument } from './imap-command.ts';
import { numbersOf } from './imap-set.ts';
import type { StoredMessage } from './mail-store.ts';
import { bodyOf, headerValue } from './message-header.ts';

/** Whether a message is one that is looked for; `uids` and `numbers` are those of the whole folder. */
type Test = (message: StoredMessage, number: number) => boolean;

interface Folder {
  uids: readonly number[];
  numbers: readonly number[];
}

const FLAGS: Record<string, string> = {
  SEEN: '\\Seen',
  DELETED: '\\Deleted',
  ANSWERED: '\\Answered',
  FLAGGED: '\\Flagged',
  DRAFT: '\\Draft',
};
const FIELDS = ['SUBJECT', 'FROM', 'TO', 'CC', 'BCC'];
const DATES = ['SINCE', 'BEFORE', 'ON'];
const DAY_MS = 86_400_000;

/** What SEARCH asks for as one test (RFC 9051 section 6.4.4); null for a key or an argument that is not known. */
export function searchTest(args: readonly Argument[], folder: Folder): Test | null {
  const rest = [...args];
  if (String(rest[0]).toUpperCase() === 'CHARSET') rest.splice(0, 2);
  return rest.length === 0 ? null : allOf(rest, folder);
}

function allOf(keys: Argument[], folder: Folder): Test | null {
  const tests: Test[] = [];
  while (keys.length > 0) {
    const test = nextTest(keys, folder);
    if (!test) return null;
    tests.push(test);
  }
  return (message, number) => tests.every((test) => test(message, number));
}

function nextTest(keys: Argument[], folder: Folder): Test | null {
  const key = keys.shift();
  if (key === undefined) return null;
  if (typeof key !== 'string') return allOf([...key], folder);
  const name = key.toUpperCase();
  if (name === 'ALL') return () => true;
  if (name === 'NOT') return negated(nextTest(keys, folder));
  if (name === 'OR') return either(nextTest(keys, folder), nextTest(keys, folder));
  const flag = FLAGS[name] ?? FLAGS[name.replace(/^UN/, '')];
  if (flag !== undefined) return ({ flags }) => flags.has(flag) === name in FLAGS;
  if (FIELDS.includes(name)) return inField(name, keys.shift());
  if (name === 'HEADER') return inField(keys.shift(), keys.shift());
  if (name === 'TEXT' || name === 'BODY') return inText(name, keys.shift());
  if (DATES.includes(name)) return onDay(name, keys.shift());
  return inSet(name, keys, folder);
}

function negated(test: Test | null): Test | null {
  return test && ((message, number) => !test(message, number));
}

function either(one: Test | null, other: Test | null): Test | null {
  return one && other && ((message, number) => one(message, number) || other(message, number));
}

function inField(name: Argument | undefined, value: Argument | undefined): Test | null {
  if (typeof name !== 'string' || typeof value !== 'string') return null;
  return ({ raw }) => headerValue(raw, name)?.toLowerCase().includes(value.toLowerCase()) ?? false;
}

function inText(name: string, value: Argument | undefined): Test | null {
  if (typeof value !== 'string') return null;
  return ({ raw }) =>
    (name === 'TEXT' ? raw : bodyOf(raw)).toString('latin1').toLowerCase().includes(value.toLowerCase());
}

function onDay(name: string, value: Argument | undefined): Test | null {
  const day = typeof value === 'string' ? Date.parse(`${value.replaceAll('-', ' ')} UTC`) : NaN;
  if (Number.isNaN(day)) return null;
  return ({ internalDate }) => {
    const at = internalDate.getTime();
    if (name === 'SINCE') return at >= day;
    return name === 'BEFORE' ? at < day : at >= day && at < day + DAY_MS;
  };
}

function inSet(name: string, keys: Argument[], { uids, numbers }: Folder): Test | null {
  const set = name === 'UID' ? keys.shift() : name;
  const found = typeof set === 'string' ? numbersOf(set, name === 'UID' ? uids : numbers) : null;
  if (!found) return null;
  const wanted = new Set(found);
  return ({ uid }, number) => wanted.has(name === 'UID' ? uid : number);
}
