import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

/** Languages of blocks that are typed somewhere, and may be run. */
const COMMANDS = new Set(['sh', 'bat', 'powershell']);
/** Those of blocks that are only read: output, files, sources. */
const READ = new Set(['text', 'json', 'ini', 'ts', 'nginx', 'caddyfile', 'haproxy', 'xml', 'yaml']);

/** A fenced block of a document. */
export interface Block {
  readonly document: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Why it is not run, of `<!-- not run: … -->` right before it; null where there is none. */
  readonly notRun: string | null;
}

export const isCommand = ({ language }: Block): boolean => COMMANDS.has(language);
/** Run by the shell of the spec. */
export const isRun = (block: Block): boolean => block.language === 'sh' && block.notRun === null;

/** In the order in which their commands are typed: a site and its agent first, what ends them last. */
export const FIRST = ['docs/install.md'];
export const THEN = [
  'README.md',
  'docs/troubleshoot.md',
  'docs/agents.md',
  'docs/automate.md',
  'docs/stand-in.md',
];
export const LAST = ['docs/operate.md'];

/** A page in Japanese, whose commands are those of the page in English. */
export const isTranslated = (document: string): boolean => document.endsWith('.ja.md');

/** README.md and the pages of docs. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

export const readDocument = (document: string): string => readFileSync(path.join(ROOT, document), 'utf8');

/** The blocks of a document in their order. A fence may stand in a list, by so many blanks. */
export function blocksIn(document: string, content: string): Block[] {
  const blocks: Block[] = [];
  let open: { indent: string; line: number; language: string; text: string[]; notRun: string | null } | null =
    null;
  let mark: string | null = null;
  for (const [index, line] of content.split('\n').entries()) {
    if (open !== null) {
      if (line !== `${open.indent}\`\`\``) {
        open.text.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
        continue;
      }
      const { line: at, language, text, notRun } = open;
      blocks.push({ document, line: at, language, text: text.join('\n'), notRun });
      open = null;
      continue;
    }
    const fence = /^( *)```(\S*)$/.exec(line);
    if (fence) {
      open = { indent: fence[1] ?? '', line: index + 1, language: fence[2] ?? '', text: [], notRun: mark };
      mark = null;
    } else if (line.trim() !== '') mark = /^ *<!-- not run: ([^>]+) -->$/.exec(line)?.[1] ?? null;
  }
  if (open !== null) throw new Error(`${document}:${open.line}: the block does not end`);
  return blocks;
}

/** What is wrong with the blocks, one sentence each: what is neither run nor marked, or marked for nothing. */
export function complaints(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    const at = `${block.document}:${block.line}`;
    if (!isCommand(block) && !READ.has(block.language))
      return [`${at}: say what the block is: ${[...COMMANDS, ...READ].join(', ')}`];
    if (!isCommand(block)) return block.notRun === null ? [] : [`${at}: a mark before what nobody runs`];
    if (block.notRun === null)
      return block.language === 'sh' ? [] : [`${at}: cannot be run here: say why, <!-- not run: … -->`];
    if (block.notRun.length < 12) return [`${at}: the mark gives no reason`];
    return [];
  });
}

/** The files that the reasons of marks name, such as `test/live.e2e-spec.ts` or `start.process.e2e-spec.ts`. */
export const specsNamed = ({ notRun }: Block): string[] =>
  (notRun?.match(/[\w./-]+-spec\.ts/g) ?? []).map((name) => (name.includes('/') ? name : `test/${name}`));

/** The configuration of that kind in a document: there is one. */
export function configurationIn(document: string, language: string): string {
  const found = blocksIn(document, readDocument(document)).filter((block) => block.language === language);
  if (found.length !== 1) throw new Error(`${document} has ${found.length} blocks of ${language}`);
  return found[0]?.text ?? '';
}
