// No regular expression above linear time: text from outside meets them. Reads every literal of the sources (or of the
// folders given) as V8 would have to match it. An expression that is put together from parts cannot be read here: say
// above it, in a comment that begins with "linear:", why it is.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';

const WHY = {
  Trade: 'two quantifiers share the same characters out',
  Self: 'a quantifier meets itself again',
  Move: 'tried anew from each character of a run; anchor it, or trim instead',
};

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['libs', 'apps'];
const skipped = (name) => name === 'node_modules' || name === 'dist';
const files = folders.flatMap((folder) =>
  globSync('**/*.ts', { cwd: folder, exclude: skipped }).map((file) => path.join(folder, file)),
);
const faults = files.filter((file) => !file.endsWith('.spec.ts')).flatMap(faultsIn);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 || files.length === 0 ? 1 : 0;
if (files.length === 0) process.stderr.write(`no sources in ${folders.join(', ')}\n`);

function faultsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const fault = (node, what) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: ${what}`);
  };
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const why = aboveLinear(node.text.slice(1, end), node.text.slice(end + 1));
      if (why) fault(node, `${node.text} takes more than linear time (${why})`);
    }
    if (isRegExpCall(node) && !isExcused(node, source)) {
      const [pattern, flags] = node.arguments ?? [];
      const why =
        pattern && ts.isStringLiteralLike(pattern)
          ? aboveLinear(pattern.text, flags && ts.isStringLiteralLike(flags) ? flags.text : '')
          : 'put together from parts; say above it why it is linear, in a comment that begins with "linear:"';
      if (why) fault(node, `RegExp takes more than linear time (${why})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isRegExpCall(node) {
  return (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
}

function isExcused(node, source) {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  const before = source.text.split('\n').slice(Math.max(0, line - 3), line + 1);
  return before.some((text) => text.includes('// linear:'));
}

function aboveLinear(source, flags) {
  const { reports } = analyse({ source, flags });
  return reports
    .map(({ type, exponential }) => `${WHY[type]}${exponential ? ', exponential' : ''}`)
    .join('; ');
}
