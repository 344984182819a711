import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MailAddress, Port, Roles } from '@mailpath/protocol';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ERROR_STATUS, type ErrorCode, invalidFields, type MailpathError } from './errors.ts';
import { freeText, Moment, namesOf } from './fields.ts';
import { titleOf } from './language/titles.ts';
import type { Refusal } from './refusal.ts';
import { refuseFields } from './validation.ts';

const SOURCES = join(import.meta.dirname, '..');
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Names that the sentences of both languages hold as they are. */
const LEFT_OUT = /undefined|\[object|\{\}|\$\{/;

/** Answers each parameter by its own name, and whatever is asked of that. */
const anything = (name: string): unknown =>
  new Proxy(() => undefined, {
    get: (_, asked) => {
      if (asked === Symbol.toPrimitive) return () => `<${name}>`;
      if (asked === 'words') return { en: `<${name}>`, ja: `<${name}>` };
      if (asked === 'en' || asked === 'ja' || asked === 'join')
        return asked === 'join' ? () => `<${name}>` : `<${name}>`;
      return anything(String(asked));
    },
  });
const parametersIn = (words: string): string[] =>
  [...new Set(words.match(/<\w+>/g))].filter((name) => name !== '<plural>').toSorted();

/** Those that look a parameter up in a closed list, with a word of each. */
const CLOSED: Record<string, object> = {
  'platform.not-json': { line: 1, column: 2, lack: 'colon' },
  'platform.not-found': { noun: 'Server', id: '<id>' },
  'trust.pem-only': { of: 'certificate' },
  'trust.pem-form': { of: 'privateKey' },
  'trust.role-needed': { needed: '<needed>', isSite: true, name: '<name>', role: '<role>' },
};

type Made = (parameters: unknown) => Refusal;
const madeWith = (make: Made): Refusal => {
  try {
    const { key } = make(anything('it'));
    return make(CLOSED[key] ?? anything('it'));
  } catch {
    // A closed list knows no such word: the one that does is found by what it is called.
    const found = Object.values(CLOSED).map((one) => {
      try {
        return make(one);
      } catch {
        return undefined;
      }
    });
    return found.find((one) => one !== undefined && one.key in CLOSED && CLOSED[one.key]) as Refusal;
  }
};

const FILES = globSync('**/{refusals,field-refusals}.ts', { cwd: SOURCES })
  .filter((file) => file !== 'platform/database/refusals.ts')
  .toSorted();

async function refusalsOf(file: string): Promise<Refusal[]> {
  const exported = Object.values((await import(join(SOURCES, file))) as Record<string, unknown>);
  const makers = exported.flatMap((one) =>
    typeof one === 'function' ? [one] : Object.values(one as Record<string, unknown>),
  );
  return makers.map((make) => madeWith(make as Made));
}

const said = (refused: MailpathError, language: 'en' | 'ja') =>
  (refused.errors ?? []).map(({ field, refusal }) => `${field} ${refusal.words[language]}`);

describe('every refusal that the API can make', () => {
  it('is in the table of its group, each under a key of its own', async () => {
    const groups = new Set(FILES.map((file) => file.split('/')[0]));
    expect([...groups]).toEqual([
      'app',
      'conclusions',
      'estate',
      'fleet',
      'history',
      'platform',
      'trust',
      'work',
    ]);
    const keys = (await Promise.all(FILES.map(refusalsOf))).flat().map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(150);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(FILES)('of %s tells the same in both languages', async (file) => {
    const told = await refusalsOf(file);
    const keysOf = (wrong: (told: Refusal) => boolean) => told.filter(wrong).map(({ key }) => key);
    expect(keysOf(({ key }) => key.split('.')[0] !== dirname(file).split('/')[0])).toEqual([]);
    expect(keysOf(({ words }) => JAPANESE.test(words.en))).toEqual([]);
    // Of what holds nothing but the words of another one there is no more to look at.
    expect(keysOf(({ words }) => !/^[<>\w:： ]*$/.test(words.en) && !JAPANESE.test(words.ja))).toEqual([]);
    expect(keysOf(({ words }) => LEFT_OUT.test(`${words.en} ${words.ja}`))).toEqual([]);
    const parameters = ({ words }: Refusal) => [parametersIn(words.en), parametersIn(words.ja)];
    expect(told.map(parameters).filter(([en, ja]) => String(en) !== String(ja))).toEqual([]);
  });

  it.each(Object.keys(ERROR_STATUS) as ErrorCode[])(
    'of the code %s has a title in both languages',
    (code) => {
      expect(titleOf(code, 'ja')).toMatch(JAPANESE);
      expect(titleOf(code, 'en')).toMatch(/^[A-Z]/);
    },
  );

  it('says how many further fields are wrong, in both languages', () => {
    const refusal = { key: 'x', words: { en: 'wrong', ja: '誤り' } };
    const { words } = invalidFields([
      { field: 'a', refusal },
      { field: 'b', refusal },
    ]).refusal;
    expect(words).toEqual({ en: 'a: wrong (and 1 more)', ja: 'a：誤り（ほか 1 件）' });
  });
});

describe('what a schema refuses', () => {
  const wrong: [string, z.ZodType, unknown][] = [
    ['too short', freeText(3), ' '],
    ['too long', freeText(3), 'abcd'],
    ['a control character', freeText(3), 'a\u0000'],
    ['another type', z.string(), 7],
    ['no boolean', z.boolean(), 'yes'],
    ['no object', z.object({}), 'x'],
    ['too few entries', z.array(z.int()).min(2), [1]],
    ['too many entries', z.array(z.int()).max(1), [1, 2]],
    ['a small number', z.int().min(3), 1],
    ['a large number', z.int().max(3), 9],
    ['no multiple', z.number().multipleOf(3), 4],
    ['no UUID', z.uuid(), 'x'],
    ['no moment', Moment, 'yesterday'],
    ['no day', z.iso.date(), 'today'],
    ['no URL', z.url(), 'x'],
    ['another pattern', z.string().regex(/^a$/), 'b'],
    ['no word of a list', z.enum(['a', 'b']), 'c'],
    ['none of several', z.union([z.string(), z.int()]), {}],
    ['a name that is not known', z.record(z.enum(['a']), z.int()), { b: 1 }],
    ['an unknown field', z.strictObject({}), { a: 1 }],
    ['a missing field', z.object({ a: z.string() }), {}],
    ['its own check', z.string().refine(() => false), 'x'],
    ['words of the protocol', MailAddress, 'x'],
    ['words of the protocol for each of its limits', Port, 70_000],
    ['no role', Roles, []],
    ['one of several names', namesOf(MailAddress), 'a@example.com,b'],
  ];

  it.each(wrong)('is told in both languages: %s', (_, schema, value) => {
    const { issues = [] } = schema.safeParse(value).error ?? {};
    const refused = refuseFields(issues, 'it');
    expect(said(refused, 'en').join()).not.toMatch(/Invalid|expected|<=|>=|undefined/);
    for (const each of said(refused, 'ja')) expect(each).toMatch(JAPANESE);
    expect(said(refused, 'ja').length).toBeGreaterThan(0);
  });

  it('has a table of its own for no sentence: no schema and no service writes one in place', () => {
    const steps = new Set([
      'min',
      'max',
      'regex',
      'refine',
      'string',
      'int',
      'url',
      'guid',
      'uuid',
      'length',
      'date',
    ]);
    const inPlace = globSync('**/*.ts', { cwd: SOURCES })
      .filter((file) => !file.endsWith('.spec.ts') && !/openapi\/|config\.ts|openid-settings\.ts/.test(file))
      .flatMap((file) => sentencesIn(file, steps));
    expect(inPlace).toEqual([]);
  });
});

/** Texts with a blank in them that stand as the message of a schema's step. */
function sentencesIn(file: string, steps: ReadonlySet<string>): string[] {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  if (!text.includes("from 'zod'")) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const isStep =
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      steps.has(node.expression.name.text);
    const messages = isStep ? node.arguments.flatMap(messagesIn) : [];
    found.push(...messages.map((message) => `${file}: ${message}`));
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

function messagesIn(argument: ts.Node): string[] {
  if (ts.isStringLiteralLike(argument) || ts.isTemplateExpression(argument))
    return argument.getText().includes(' ') ? [argument.getText()] : [];
  if (!ts.isObjectLiteralExpression(argument)) return [];
  return argument.properties.flatMap((each) =>
    ts.isPropertyAssignment(each) && ['error', 'message'].includes(each.name.getText())
      ? messagesIn(each.initializer)
      : [],
  );
}
