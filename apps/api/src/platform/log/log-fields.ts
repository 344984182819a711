import { withoutTokens } from '@mailpath/terminal';

export type LogFields = Record<string, unknown>;

const TEXT_MAX = 2_000;
const STACK_MAX = 8_000;
const ENTRIES_MAX = 50;
const DEPTH_MAX = 4;
const MASK = '[secret]';

/** Names of fields whose values nobody may see, in lower case and without dashes and underscores. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'accesstoken',
  'apikey',
  'assertion',
  'authorization',
  'clientassertion',
  'clientsecret',
  'cookie',
  'devicecode',
  'idtoken',
  'passphrase',
  'password',
  'privatekey',
  'refreshtoken',
  'secret',
  'setcookie',
  'token',
  'tokens',
  'usercode',
]);
const isSecret = (name: string): boolean => SECRET_NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, ''));

/** Fields as they may be written: bounded, whatever came in them, and without what is or looks like a secret. */
export function cleanFields(fields: LogFields): LogFields {
  const { stack, ...others } = fields;
  const clean = cleanEntries(others, 0);
  return typeof stack === 'string' ? { ...clean, stack: cleanText(stack, STACK_MAX) } : clean;
}

export function cleanText(text: string, longest = TEXT_MAX): string {
  // Cut first: the search for what looks like a secret takes as long as its text.
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return withoutTokens(cut.toWellFormed());
}

function cleanEntries(fields: object, depth: number): LogFields {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries
      .slice(0, ENTRIES_MAX)
      .map(([name, value]: [string, unknown]) => [
        name,
        isSecret(name) && typeof value !== 'boolean' ? MASK : cleanValue(value, depth + 1),
      ]),
  );
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return cleanText(reasonOf(value));
  if (depth > DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.slice(0, ENTRIES_MAX).map((each) => cleanValue(each, depth + 1));
  // A request, a socket or an entity: whole worlds hang on those, and secrets among them.
  const made = Object.getPrototypeOf(value) as object | null;
  if (made !== null && made !== Object.prototype)
    return `[${(value as Partial<object>).constructor?.name ?? 'object'}]`;
  return cleanEntries(value, depth);
}

/** What an error says, in one text and without its stack. */
export function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const text = error.message === '' ? error.name : error.message;
  return typeof code === 'string' && !text.includes(code) ? `${code}: ${text}` : text;
}
