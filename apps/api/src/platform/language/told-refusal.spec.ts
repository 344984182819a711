import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ERROR_STATUS, type ErrorCode, invalidField, MailpathError } from '../errors.ts';
import { notFound } from '../not-found.ts';
import type { Refusal } from '../refusal.ts';
import { FIELD_ERRORS } from './japanese-field-errors.ts';
import { REFUSALS } from './japanese-refusals.ts';
import { toldRefusal } from './told-refusal.ts';

const SOURCES = join(import.meta.dirname, '../..');
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** Said to agents and to whoever starts the API: no page shows them. */
const OF_NO_PAGE = [
  'platform/config.ts',
  'platform/openid-settings.ts',
  'fleet/agents/',
  'fleet/enrolments/site-codes',
  'app/socket/',
];
const SCHEMA_STEPS = new Set([
  'min',
  'max',
  'regex',
  'refine',
  'string',
  'int',
  'url',
  'guid',
  'uuid',
  'email',
]);

const textOf = (node: ts.Node): string | null => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
};

/** Every sentence of a file that a caller is refused with, `{}` for what is put into it; field messages apart. */
function sentencesOf(file: string): { refusals: string[]; fields: string[] } {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(SOURCES, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const named = new Map<string, string>();
  const refusals: string[] = [];
  const fields: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const text = textOf(node.initializer);
      if (text !== null) named.set(node.name.getText(), text);
    }
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const called = node.expression.getText().split('.').at(-1) ?? '';
      const said = (at: number): string[] => {
        const argument = node.arguments?.[at];
        const text = argument && (textOf(argument) ?? named.get(argument.getText()));
        return typeof text === 'string' ? [text] : [];
      };
      if (called === 'MailpathError') refusals.push(...said(1));
      if (called === 'invalidField') fields.push(...said(1));
      if (SCHEMA_STEPS.has(called)) fields.push(...[0, 1].flatMap(said).filter((text) => text.includes(' ')));
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return { refusals, fields };
}

/** The refusals of each area that has its own. */
const TABLES = globSync('*/refusals.ts', { cwd: SOURCES }).toSorted();
/** Answers each parameter by its own name. */
const ANYTHING = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
const parametersIn = (words: string): string[] => (words.match(/<\w+>/g) ?? []).toSorted();

const files = globSync('**/*.ts', { cwd: SOURCES }).filter(
  (file) =>
    !file.endsWith('.spec.ts') &&
    !file.includes('openapi/') &&
    !OF_NO_PAGE.some((place) => file.startsWith(place)),
);
/** Made of nothing but what others say, or told by the message of its field. */
const WHOLE = new Set([
  '{}',
  '{}: {}',
  'The body is not valid JSON at {}: {} is missing.',
  '{}: {}{}',
  'Refused: {}.',
  '{} (boot {})',
  '{}.',
]);

describe('a refusal in Japanese', () => {
  const all = files.map(sentencesOf);

  it.each(Object.keys(ERROR_STATUS) as ErrorCode[])(
    'of the code %s has a Japanese title, and says what it is',
    (code) => {
      const { title, detail } = toldRefusal(new MailpathError(code, 'What nobody has translated.'), 'ja');
      expect(title).toMatch(JAPANESE);
      expect(detail).toBe(`${title}：What nobody has translated.`);
      const english = toldRefusal(new MailpathError(code, 'As it was.'), 'en');
      expect(english.detail).toBe('As it was.');
      expect(english.title).not.toMatch(JAPANESE);
    },
  );

  it('has a sentence for each that the API says, wherever it says it', () => {
    const said = all.flatMap(({ refusals }) => refusals);
    expect(said.length).toBeGreaterThan(10);
    expect(said.filter((text) => !WHOLE.has(text) && !(text in REFUSALS))).toEqual([]);
  });

  it('has a message for each field that a schema or a service refuses', () => {
    const said = all.flatMap(({ fields }) => fields);
    expect(said.length).toBeGreaterThan(60);
    expect(said.filter((text) => !WHOLE.has(text) && !(text in FIELD_ERRORS))).toEqual([]);
  });

  it('says everything that the English one tells of this case, and is Japanese', () => {
    const pairs = Object.entries({ ...REFUSALS, ...FIELD_ERRORS });
    const holes = (text: string) => text.split('{}').length;
    expect(pairs.filter(([en, ja]) => holes(en) !== holes(ja) || !JAPANESE.test(ja))).toEqual([]);
  });

  it.each(TABLES)('of %s has its words beside the English ones, under a key of its own', async (file) => {
    const table = (await import(join(SOURCES, file))) as Record<string, (parameters: object) => Refusal>;
    const told = Object.values(table).map((each) => each(ANYTHING));
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
    for (const { key, words } of told) {
      expect(key.split('.')[0]).toBe(dirname(file));
      expect(toldRefusal(new MailpathError('conflict', { key, words }), 'ja').detail).toBe(words.ja);
      expect(words.ja).toMatch(JAPANESE);
      expect(words.en).not.toMatch(JAPANESE);
      // Both tell the same of this case.
      expect(parametersIn(words.ja)).toEqual(parametersIn(words.en));
    }
  });

  it('keeps names as they are, and is read in one pass', () => {
    expect(toldRefusal(notFound('Server', 'a {} b'), 'ja').detail).toBe('サーバー a {} b は存在しません。');
    const many = `The agent of ${'was '.repeat(100_000)}revoked`;
    expect(toldRefusal(new MailpathError('conflict', many), 'ja').detail).toContain('revoked');
    const { detail, errors } = toldRefusal(invalidField('name', 'write at most 100 characters'), 'ja');
    expect(detail).toBe('name：100 文字以内で入力してください');
    expect(errors).toEqual([{ field: 'name', message: '100 文字以内で入力してください' }]);
  });
});
