import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { TABLE_FIXES } from '../../tools/agent-build/msi.ts';

const SCRIPT = readFileSync(path.join(import.meta.dirname, '../../packaging/windows/install.ps1'), 'utf8');
const resolve = createRequire(import.meta.url).resolve;

describe('install.ps1', () => {
  let parser: Parser;
  beforeAll(async () => {
    await Parser.init();
    const grammar = resolve('tree-sitter-powershell/package.json');
    parser = new Parser();
    parser.setLanguage(
      await Language.load(
        new Uint8Array(readFileSync(path.join(path.dirname(grammar), 'tree-sitter-powershell.wasm'))),
      ),
    );
  });

  /** The lines at which the grammar of PowerShell finds no sense. */
  function faults(text: string): number[] {
    const found: number[] = [];
    const walk = (node: Node): void => {
      if (node.isError || node.isMissing) found.push(node.startPosition.row + 1);
      for (const child of node.children) if (child) walk(child);
    };
    const tree = parser.parse(text);
    if (!tree) throw new Error('not parsed');
    walk(tree.rootNode);
    tree.delete();
    return found;
  }

  it('is PowerShell', () => {
    expect(faults(SCRIPT)).toEqual([]);
  });

  it.each([
    ['a brace', 'if ($failed) { throw', 'if ($failed) throw'],
    ['a quote', "$name = 'mailpath-agent.msi'", "$name = 'mailpath-agent.msi"],
    ['a parenthesis', '(Get-FileHash', 'Get-FileHash'],
  ])('is none without %s', (_, from, to) => {
    expect(SCRIPT).toContain(from);
    expect(faults(SCRIPT.replace(from, to))).not.toEqual([]);
  });

  it('is ASCII, which every code page reads alike', () => {
    expect(SCRIPT).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('gives the installer no property that an elevated one would drop', () => {
    const secure = TABLE_FIXES.find((fix) => fix.includes('SecureCustomProperties')) ?? '';
    const given = [...SCRIPT.matchAll(/ ([A-Z]+)="\{\d\}"/g)].map(([, name]) => name);
    expect(given).toEqual(['API', 'CODE', 'ROLES', 'PROXY', 'UPGRADEKEY']);
    for (const name of given) expect(secure).toContain(`${name}`);
  });
});
