import { HOSTILE_TEXT, HOSTILE_VALUES } from './hostile.ts';
import type { Random } from './random.ts';
import { fits, resolved, type Schema } from './schema.ts';

/** Text of every form that the document asks for: of these, what fits a schema is a valid value of it. */
const FORMS: readonly string[] = [
  'a',
  'svc01',
  'head office',
  '大阪コンタクト センター',
  'sales@example.com',
  'support@contoso.onmicrosoft.com',
  'ece.example.com',
  'https://ece.example.com/system/callback',
  'https://login.microsoftonline.com/contoso/oauth2/v2.0/authorize?client_id=x&response_type=code',
  '01a20bac-7abe-74ff-a112-9ae128132374',
  '6731de76-14a6-49ae-97bc-6eba6914391e',
  '203.0.113.10',
  '2001:db8::1',
  'imap.tls',
  'C10',
  'X6',
  '12.6(1)',
  'ES6',
  '2026-11-28',
  '2026-11-28T06:00:00Z',
  '2026-11-28T15:00:00+09:00',
  `SHA256:${'A'.repeat(43)}`,
  'A'.repeat(43),
  '-----BEGIN PUBLIC KEY-----',
];

/** A value as the schema says; undefined where none is known. */
export function valid(schema: Schema, random: Random, depth = 0): unknown {
  const own = resolved(schema);
  if (own.const !== undefined) return own.const;
  if (own.enum) return random.one(own.enum);
  const several = own.anyOf ?? own.oneOf;
  if (several) return valid(random.one(several), random, depth);
  switch (own.type) {
    case 'null':
      return null;
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number':
      return numberOf(own, random);
    case 'array': {
      const [least, most] = [own.minItems ?? 0, Math.min(own.maxItems ?? 3, (own.minItems ?? 0) + 2)];
      const length = least + random.below(most - least + 1);
      return Array.from({ length }, () => valid(own.items ?? { type: 'string' }, random, depth + 1));
    }
    case 'object':
      return objectOf(own, random, depth);
    default:
      return textOf(own, random);
  }
}

function numberOf({ minimum = 0, maximum = 1_000_000 }: Schema, random: Random): number {
  return random.one([minimum, maximum, minimum + random.below(maximum - minimum + 1)]);
}

function objectOf(schema: Schema, random: Random, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const isRequired = schema.required?.includes(name) ?? false;
    if (isRequired || random.chance(depth > 2 ? 0.1 : 0.4)) object[name] = valid(inner, random, depth + 1);
  }
  if (typeof schema.additionalProperties === 'object' && random.chance(0.5)) {
    const name = valid(schema.propertyNames ?? { type: 'string', minLength: 1, maxLength: 40 }, random);
    object[String(name)] = valid(schema.additionalProperties, random, depth + 1);
  }
  return object;
}

function textOf(schema: Schema, random: Random): string | undefined {
  const known = FORMS.filter((text) => fits(schema, text));
  const { minLength = 0, maxLength = 40 } = schema;
  if (schema.pattern === undefined && schema.format === undefined) {
    known.push('x'.repeat(maxLength), 'ü'.repeat(Math.max(1, minLength)));
    known.push(...HOSTILE_TEXT.filter((text) => text.isWellFormed() && fits(schema, text)));
  }
  return known.length > 0 ? random.one(known) : undefined;
}

/** A copy of a value with one thing in it that is most likely not as it was meant. */
export function broken(value: unknown, random: Random): unknown {
  const isDeep = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
  if (!isDeep || random.chance(0.1)) return random.one(HOSTILE_VALUES);
  if (Array.isArray(value)) {
    const at = random.below(value.length);
    return random.one([
      value.map((inner, index) => (index === at ? broken(inner, random) : inner)),
      [...value, ...value],
      Array.from({ length: 600 }, () => value[at] as unknown),
    ]);
  }
  const entries = Object.entries(value);
  const at = random.below(entries.length);
  return random.one([
    Object.fromEntries(entries.filter((_, index) => index !== at)),
    Object.fromEntries(
      entries.map(([key, inner], index) => [key, index === at ? broken(inner, random) : inner]),
    ),
    Object.fromEntries([...entries, [random.one(HOSTILE_TEXT), random.one(HOSTILE_VALUES)]]),
  ]);
}
