import type { styleText } from 'node:util';
import { lastLooks, sentenceFor } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Outcome, ServerReport, Severity } from '@mailpath/protocol';
import Table from 'cli-table3';

type Format = Parameters<typeof styleText>[0];

export interface Screen {
  /** Columns. */
  width: number;
  style: (format: Format, text: string) => string;
}

const OUTCOME_STYLE = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  throttled: 'yellow',
  skipped: 'dim',
} as const satisfies Record<Outcome, Format>;
const SEVERITY_STYLE = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  Format
>;
const GAP = 2;
const NARROWEST_TEXT = 20;

/** The report for a person: what was seen, what follows from it, and one closing line. */
export function renderReport(report: ServerReport, screen: Screen): string {
  const results = lastLooks(report.results);
  const parts = [resultTable(results, screen)];
  for (const finding of report.findings) parts.push(findingText(finding, screen));
  parts.push(closingLine({ ...report, results }, screen));
  return parts.join('\n\n');
}

function resultTable(results: readonly CheckResult[], { width, style }: Screen): string {
  const head = ['check', 'outcome', 'phase', 'ms', 'what was seen'];
  const rows = results.map((result) => [
    result.check,
    result.outcome,
    result.failure?.phase ?? '',
    String(Math.round(result.durationMs)),
    sentenceFor(result) ?? result.reason ?? passedText(result),
  ]);
  const fixed = [0, 1, 2, 3].map(
    (column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)) + GAP,
  );
  const rest = Math.max(NARROWEST_TEXT, width - fixed.reduce((sum, one) => sum + one, 0));
  const table = new Table({
    chars: NO_LINES,
    head: head.map((word) => style('bold', word)),
    colWidths: [...fixed, rest],
    colAligns: ['left', 'left', 'left', 'right', 'left'],
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
  });
  rows.forEach(([check = '', outcome = '', phase = '', ms = '', text = ''], i) => {
    const result = results[i];
    table.push([check, result ? style(OUTCOME_STYLE[result.outcome], outcome) : outcome, phase, ms, text]);
  });
  return trimLines(table.toString());
}

const NO_LINES = Object.fromEntries(
  (
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right ' +
    'left left-mid mid mid-mid right right-mid middle'
  )
    .split(' ')
    .map((name) => [name, '']),
);

const passedText = ({ target }: CheckResult): string => `${target.host}:${target.port}`;

function findingText(finding: Finding, { width, style }: Screen): string {
  const label = style(SEVERITY_STYLE[finding.severity], finding.severity.toUpperCase());
  const lines = [
    wrap(`${finding.severity.toUpperCase()}  ${finding.summary}`, width).replace(
      finding.severity.toUpperCase(),
      label,
    ),
    wrap(`  cause      ${finding.cause} (${finding.confidence})`, width, 13),
    wrap(`  owner      ${finding.owner}`, width, 13),
    wrap(`  next step  ${finding.nextStep}`, width, 13),
    wrap(`  checklist  ${[finding.checklistItem, ...finding.statements].join(', ')}`, width, 13),
  ];
  return lines.join('\n');
}

function closingLine({ results, server }: ServerReport, { style }: Screen): string {
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const failed = count('fail');
  const others = (['warn', 'skipped'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `, ${count(outcome)} ${outcome}`);
  const all = `${results.length} ${results.length === 1 ? 'check' : 'checks'}`;
  return failed > 0
    ? style(
        'red',
        `${failed} of ${all} failed on ${server.name} (${server.roles.join(', ')})${others.join('')}.`,
      )
    : style('green', `${all} on ${server.name} (${server.roles.join(', ')}): none failed${others.join('')}.`);
}

/** Breaks at spaces; the lines after the first are indented. A longer word, such as a URL, stays whole. */
function wrap(text: string, width: number, indent = 0): string {
  const [lead = ''] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.slice(lead.length).split(/(?<=\S) /)) {
    const start = lines.length === 0 ? lead : ' '.repeat(indent);
    const longer = line === '' ? `${start}${word}` : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = `${' '.repeat(indent)}${word.trimStart()}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join('\n');
}

const trimLines = (text: string): string => text.replace(/[ \t]+$/gm, '');
