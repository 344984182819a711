import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
let parser: Promise<Parser> | undefined;

async function makeParser(): Promise<Parser> {
  await Parser.init();
  const grammar = await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
  return new Parser().setLanguage(grammar);
}

/**
 * What is no PowerShell in a script, by line. The grammar is that of editors and no PowerShell: it knows nothing
 * of commands and their parameters.
 */
export async function powershellFaults(script: string): Promise<string[]> {
  const tree = (await (parser ??= makeParser())).parse(`${script}\n`);
  const faults: string[] = [];
  const walk = (node: Node | null): void => {
    if (!node?.hasError && !node?.isMissing) return;
    if (node.isError || node.isMissing)
      faults.push(`line ${node.startPosition.row + 1}: ${node.text || node.type}`);
    else node.children.forEach(walk);
  };
  walk(tree?.rootNode ?? null);
  return faults;
}
