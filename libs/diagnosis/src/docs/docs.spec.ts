import { AADSTS_ROWS, CHECKS } from '@mailpath/protocol';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_ROWS } from '../answers/exchange-table.ts';
import { OAUTH_ERRORS } from '../answers/oauth-error-table.ts';
import { RULES } from '../rules.ts';
import { answersPage } from './answers-page.ts';
import { causesPage } from './causes-page.ts';
import { checksPage } from './checks-page.ts';

const stored = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../../docs', name), 'utf8');
const headings = (text: string): string[] => [...text.matchAll(/^### (.+)$/gm)].map(([, id = '']) => id);
const firstCells = (text: string): string[] =>
  [...text.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell = '']) => cell);

describe('the pages of causes, answers and checks', () => {
  it.each([
    ['causes.md', causesPage],
    ['answers.md', answersPage],
    ['checks.md', checksPage],
  ])('docs/%s is what the rules and tables say (npm run docs:causes writes it anew)', (name, made) => {
    expect(stored(name) === made(), `docs/${name} is out of date: npm run docs:causes`).toBe(true);
  });

  it('tells every rule once, with all that a person needs, and leads to it', () => {
    const text = causesPage();
    expect(headings(text).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
    const blocks = text.split(/^### /m).slice(1);
    for (const block of blocks)
      for (const part of ['Sign', 'Cause', 'Owner', 'Checklist', 'Confidence', 'Next step'])
        expect(block).toContain(`- **${part}**: `);
    const anchors = [...text.matchAll(/\(#([\w-]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(anchors.toSorted()).toEqual(RULES.map(({ id }) => id.replaceAll('.', '')).toSorted());
    expect(text).not.toMatch(/undefined|NaN|\[object|\w [:;.] |\w {2}\w/);
  });

  it('tells an owner that depends on how far the cause reaches with what it depends on', () => {
    const [, block = ''] = causesPage().split('### token.unavailable');
    expect(block).toContain(
      '- **Owner**: unknown where no other server can be compared; network team where other servers get through; Microsoft where no server gets through',
    );
  });

  it('tells every check once, and leads to the causes of each of its phases', () => {
    const text = checksPage();
    expect(headings(text).toSorted()).toEqual(Object.keys(CHECKS).toSorted());
    const sections = [...causesPage().matchAll(/^## (.+)$/gm)].map(([, title = '']) => title.toLowerCase());
    const led = [...text.matchAll(/causes\.md#([\w-]+)/g)].map(([, to = '']) => to.replaceAll('-', ' '));
    expect(sections).toEqual(expect.arrayContaining([...new Set(led)]));
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('tells every known answer of Exchange Online and Entra ID once', () => {
    const cells = firstCells(answersPage());
    const rows = cells.filter((cell) => /^[BCD]\d+$/.test(cell));
    expect(rows.toSorted()).toEqual(EXCHANGE_ROWS.map(({ row }) => row).toSorted());
    const numbers = cells.flatMap((cell) => cell.match(/AADSTS\d+/g) ?? []);
    expect(numbers.toSorted()).toEqual(
      AADSTS_ROWS.flatMap(({ codes }) => codes.map((each) => `AADSTS${each}`)).toSorted(),
    );
    expect(cells).toEqual(expect.arrayContaining(Object.keys(OAUTH_ERRORS).map((error) => `\`${error}\``)));
  });
});

describe('CONTRIBUTING.md', () => {
  it('shows a rule as it stands in its file', () => {
    const shown = stored('../CONTRIBUTING.md').split('## Add a rule of diagnosis')[1] ?? '';
    const [, example = ''] = /^ {3}```ts\n([\s\S]*?)^ {3}```$/m.exec(shown) ?? [];
    const file = readFileSync(join(import.meta.dirname, '../rules/http-silent.rule.ts'), 'utf8');
    expect(example.replace(/^ {3}/gm, '')).toBe(file);
  });
});
