import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  blocksIn,
  complaints,
  DOCUMENTS,
  FIRST,
  isCommand,
  isRun,
  isTranslated,
  LAST,
  readDocument,
  specsNamed,
  THEN,
} from './support/document-blocks.ts';
import { powershellFaults } from './support/powershell.ts';

const ROOT = path.join(import.meta.dirname, '..');
const ALL = DOCUMENTS.flatMap((document) => blocksIn(document, readDocument(document)));
const openapi = JSON.parse(readFileSync(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

/** Method and path of each request to REST that a block makes; `{}` for what the shell fills in. */
function requestsIn({ text, language }: Block): [method: string, path: string][] {
  const whole = text.replaceAll(/\\\n\s*/g, ' ');
  return whole.split('\n').flatMap((line) =>
    [...line.matchAll(/\$api(\/(?:v1|health)[^"'\s]*)/gi)].map(([, to = '']): [string, string] => {
      const given = /-(?:X|Method) (\w+)/.exec(line)?.[1]?.toLowerCase();
      const method = given ?? (language === 'sh' && / -d | --data/.test(line) ? 'post' : 'get');
      const bare = to.replace(/\?.*$/, '').replaceAll(/\$\([^)]*\)|\$\w+/g, '{}');
      return [method, bare];
    }),
  );
}
const OPERATIONS = new Set(
  Object.entries(openapi.paths).flatMap(([at, methods]) =>
    Object.keys(methods).map((method) => `${method} ${at.replaceAll(/\{\w+\}/g, '{}')}`),
  ),
);

/** How GitHub names a heading in an address. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsIn = (document: string): Set<string> =>
  new Set([...readDocument(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));

describe('the blocks of README.md and docs', () => {
  it('are run, or say why they cannot be', () => {
    expect(complaints(ALL)).toEqual([]);
    expect(ALL.filter(isRun).length).toBeGreaterThan(30);
  });

  it('are run by documents.process.e2e-spec.ts, wherever they stand', () => {
    const typed = [...FIRST, ...THEN, ...LAST];
    const left = ALL.filter((block) => isRun(block) && !isTranslated(block.document))
      .map(({ document }) => document)
      .filter((document) => !typed.includes(document));
    expect(left).toEqual([]);
  });

  it('name only specs that are there as what shows them instead', () => {
    const named = ALL.flatMap(specsNamed);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('ask REST for what it has', () => {
    const asked = ALL.flatMap(requestsIn).map(([method, at]) => `${method} ${at}`);
    expect(asked.length).toBeGreaterThan(30);
    expect([...new Set(asked)].filter((each) => !OPERATIONS.has(each))).toEqual([]);
  });

  it('are PowerShell where they say so', async () => {
    const scripts = ALL.filter(({ language }) => language === 'powershell');
    expect(scripts.length).toBeGreaterThan(5);
    for (const { document, line, text } of scripts)
      expect(await powershellFaults(text), `${document}:${line}`).toEqual([]);
  });

  it.each([
    ['a brace that does not close', 'while ($a) { Get-Date'],
    ['a string that does not end', "$a = 'one"],
    ['a pipe to nowhere', 'Get-Date |'],
    ['a bracket too many', 'Get-Date)'],
  ])('are refused for %s', async (_, text) => {
    expect(await powershellFaults(text)).not.toEqual([]);
  });

  it('are JSON where they say so', () => {
    for (const { text } of ALL.filter(({ language }) => language === 'json')) {
      const whole = text.trimStart().startsWith('{') ? text : `{${text}}`;
      expect(() => JSON.parse(whole) as unknown).not.toThrow();
    }
  });

  it('of README.md fit 100 columns', () => {
    const shown = ALL.filter(({ document, language }) => document === 'README.md' && language === 'text');
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.flatMap(({ text }) => text.split('\n')).filter((line) => line.length > 100)).toEqual([]);
  });

  it.each(DOCUMENTS.filter(isTranslated))('%s types what the English page types', (document) => {
    const commandsOf = (name: string) =>
      blocksIn(name, readDocument(name))
        .filter(({ language }) => language !== 'text')
        // What a comment says may be said in Japanese.
        .map(({ text }) => text.replaceAll(/ *# .*$/gm, ''));
    expect(commandsOf(document)).toEqual(commandsOf(document.replace('.ja.md', '.md')));
  });
});

describe('a block is found lacking', () => {
  const fenced = (language: string, mark = ''): Block[] =>
    blocksIn('page.md', `text\n\n${mark}\n\n\`\`\`${language}\ntrue\n\`\`\`\n`);

  it.each([
    ['without a language', fenced(''), /page\.md:5: say what the block is/],
    ['in a language that nobody knows', fenced('zsh'), /say what the block is/],
    ['that needs Windows, without a mark', fenced('bat'), /cannot be run here: say why/],
    ['with a mark that says nothing', fenced('sh', '<!-- not run: later -->'), /gives no reason/],
    ['with a mark, though nobody runs it', fenced('text', '<!-- not run: only shown -->'), /nobody runs/],
  ])('%s', (_, blocks, words) => {
    expect(complaints(blocks).join('\n')).toMatch(words);
  });

  it('unless it is run, or says why not', () => {
    expect(complaints(fenced('sh'))).toEqual([]);
    expect(complaints(fenced('powershell', '<!-- not run: needs Windows -->'))).toEqual([]);
    expect(fenced('sh').map(isRun)).toEqual([true]);
  });

  it('where the mark belongs to another one', () => {
    const [first, second] = blocksIn(
      'page.md',
      '<!-- not run: needs Windows -->\n\n```bat\na\n```\n\n```bat\nb\n```\n',
    );
    expect([first, second].map((block) => block?.notRun)).toEqual(['needs Windows', null]);
    expect([first, second].map((block) => block !== undefined && isCommand(block))).toEqual([true, true]);
  });

  it('also in a list', () => {
    const [block] = blocksIn('page.md', '1. do\n\n   ```sh\n   true\n     deeper\n   ```\n');
    expect(block?.text).toBe('true\n  deeper');
  });
});

describe('the links of the documents', () => {
  it.each(DOCUMENTS)('%s leads to what is there', (document) => {
    const links = [...readDocument(document).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(
      ([, to = '']) => to,
    );
    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? document : path.join(path.dirname(document), file);
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});
