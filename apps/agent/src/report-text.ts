import { lastLooks, render, sentenceFor } from '@mailpath/diagnosis';
import type { CheckResult, Finding, Outcome, ServerReport, Severity } from '@mailpath/protocol';
import Table from 'cli-table3';
import { columnsOf, type Format, frameOf, languageOf, plainText, type Screen, wrap } from './screen.ts';

export const OUTCOME_STYLE = {
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

function resultTable(results: readonly CheckResult[], screen: Screen): string {
  const { width, style } = screen;
  const { check, outcome, phase, seen } = frameOf(screen).labels;
  const head = [check, outcome, phase, 'ms', seen];
  const rows = results.map((result) => [
    result.check,
    result.outcome,
    result.failure?.phase ?? '',
    String(Math.round(result.durationMs)),
    plainText(sentenceFor(result, languageOf(screen)) ?? result.reason ?? passedText(result)),
  ]);
  const fixed = [0, 1, 2, 3].map(
    (column) => Math.max(...[head, ...rows].map((row) => columnsOf(row[column] ?? ''))) + GAP,
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

/** A table without lines, as cli-table3 wants to be told. */
export const NO_LINES = Object.fromEntries(
  (
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right ' +
    'left left-mid mid mid-mid right right-mid middle'
  )
    .split(' ')
    .map((name) => [name, '']),
);

const passedText = ({ target }: CheckResult): string => `${target.host}:${target.port}`;

/** One finding for a person, in the language of the screen. */
export function findingText(finding: Finding, screen: Screen): string {
  const { labels, severity, confidence, owner, consequence } = frameOf(screen);
  const { summary, cause, nextStep, excludes } = render(finding, languageOf(screen));
  const word = severity[finding.severity];
  const indent = Math.max(...FIELDS.map((name) => columnsOf(labels[name]))) + 4;
  const field = (name: (typeof FIELDS)[number], text: string) =>
    wrap(`  ${labels[name]}${' '.repeat(indent - 2 - columnsOf(labels[name]))}${text}`, screen.width, indent);
  const follows = finding.consequences.map((each) => consequence(each.server, each.check, each.target));
  return [
    wrap(`${word}  ${summary}`, screen.width).replace(
      word,
      screen.style(SEVERITY_STYLE[finding.severity], word),
    ),
    field('cause', `${cause} (${confidence[finding.confidence]})`),
    field('owner', owner[finding.owner]),
    field('nextStep', nextStep),
    ...excludes.map((sentence) => field('excluded', sentence)),
    ...(follows.length > 0 ? [field('consequences', follows.join(', '))] : []),
    field('checklist', [...finding.items, ...finding.statements].join(', ')),
  ].join('\n');
}

const FIELDS = ['cause', 'owner', 'nextStep', 'excluded', 'consequences', 'checklist'] as const;

function closingLine({ results, server }: ServerReport, screen: Screen): string {
  const { closing } = frameOf(screen);
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const failed = count('fail');
  const others = (['warn', 'throttled', 'skipped'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `, ${count(outcome)} ${outcome}`)
    .join('');
  const told = { failed, all: results.length, server: `${server.name} (${server.roles.join(', ')})`, others };
  return failed > 0 ? screen.style('red', closing.failed(told)) : screen.style('green', closing.passed(told));
}

/** cli-table3 pads the last column as well. */
export const trimLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
