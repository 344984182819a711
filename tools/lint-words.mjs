// Words that nobody who reads Mailpath should meet: the tables of docs/style-en.md and docs/style-ja.md, looked for in
// the sentences of the product and in its pages. Files given are read instead.
import { globSync, readFileSync } from 'node:fs';

const PAGES = ['docs/style-en.md', 'docs/style-ja.md'];
/** What says which words are not used has to write them. */
const EXEMPT = new Set([...PAGES, 'docs/glossary.md']);
const SENTENCES = [
  'libs/diagnosis/src/**/*.ts',
  'libs/protocol/src/aadsts/*.ts',
  'libs/checks/src/checks/*.check.ts',
  'libs/terminal/src/**/*.ts',
  'apps/agent/src/**/*.ts',
  'apps/api/src/**/{refusals,field-refusals}.ts',
  'apps/web/src/words/*.ts',
  'README.md',
  'docs/*.md',
];

const banned = PAGES.flatMap(wordsOf);
if (banned.length < 20)
  throw new Error(`only ${banned.length} words in ${PAGES.join(', ')}: is a table gone?`);
const given = process.argv.slice(2);
const files = (given.length > 0 ? given : globSync(SENTENCES)).filter(
  (file) => !EXEMPT.has(file) && !file.endsWith('.spec.ts'),
);
let found = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (/^\s*(?:\/\/|\/?\*)/.test(line)) continue; // a comment
    const text = line.toLowerCase();
    for (const { word, instead, page } of banned) {
      if (!says(text, word.toLowerCase())) continue;
      found += 1;
      process.stderr.write(`${file}:${index + 1}: "${word}": write "${instead}" (${page})\n`);
    }
  }
}
process.exitCode = found > 0 ? 1 : 0;

/**
 * Whether a line says it. A word of Latin letters is whole there: `mend` is not in "recommend", nor in a name of the
 * program such as `need.mend-first`. Japanese has no blanks between words.
 */
function says(text, word) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + word.length] ?? ' '];
    // One word before a colon or a bracket is a name of the program.
    const end = word.includes(' ') ? /[a-z0-9-]/ : /[a-z0-9(:=-]/;
    const isWhole = !/[a-z0-9.-]/.test(before) && !end.test(after);
    if (!/[a-z]/.test(word) || isWhole) return true;
  }
  return false;
}

/** The rows of the table below the second heading of a page. */
function wordsOf(page) {
  const [, , section = ''] = readFileSync(page, 'utf8').split('\n## ');
  return section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, word, instead]) => ({ word, instead, page }));
}
