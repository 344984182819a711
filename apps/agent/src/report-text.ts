import { lastLooks, linksOf, nothingRan, PHASES, render, sentenceFor } from '@mailpath/diagnosis';
import {
  type CheckResult,
  type Finding,
  type Outcome,
  type ServerReport,
  STATEMENTS_URL,
} from '@mailpath/protocol';
import {
  type Cell,
  findingText,
  frameOf,
  languageOf,
  OUTCOME_STYLE,
  OUTCOMES,
  type Screen,
  stepTree,
  textTable,
  wrapText,
} from '@mailpath/terminal';

/**
 * The report for a person: what was seen, what follows from it, and one closing line. `verbose` adds the steps of every
 * check, both looks of one that was repeated: those that show a finding below it, the others after all findings.
 */
export function renderReport(report: ServerReport, screen: Screen, verbose = false): string {
  const results = lastLooks(report.results);
  const parts = [resultTable(results, screen)];
  const untold = new Set(verbose ? report.results : []);
  const tell = (result: CheckResult): void => {
    if (untold.delete(result)) parts.push(stepTree(result, screen));
  };
  for (const finding of report.findings) {
    parts.push(findingInWords(finding, screen));
    for (const result of report.results) if (shows(finding, result)) tell(result);
  }
  for (const result of report.results) tell(result);
  // The address stays in one piece, however wide it is: it is there to be clicked.
  if (verbose) parts.push([...wrapText(frameOf(screen).statements, screen.width), STATEMENTS_URL].join('\n'));
  parts.push(closingLine({ ...report, results }, screen));
  return parts.join('\n\n');
}

const shows = ({ scope, consequences }: Finding, { check, target }: CheckResult): boolean =>
  [...scope.checks, ...consequences].some(
    (each) => each.check === check && each.target === target.name && each.mailbox === target.mailbox,
  );

function resultTable(results: readonly CheckResult[], screen: Screen): string {
  const { width, style } = screen;
  const { check, outcome, phase, seen } = frameOf(screen).labels;
  const rows = results.map((result): (string | Cell)[] => [
    result.check,
    {
      text: wordAndCode(OUTCOMES[result.outcome].ja, result.outcome, screen),
      style: (line) => style(OUTCOME_STYLE[result.outcome], line),
    },
    result.failure ? wordAndCode(PHASES[result.failure.phase].ja, result.failure.phase, screen) : '',
    { text: String(Math.round(result.durationMs)), align: 'right' },
    sentenceFor(result, languageOf(screen)) ?? result.reason ?? passedText(result),
  ]);
  const bold = (line: string): string => style('bold', line);
  const head = [check, outcome, phase, 'ms', seen].map((text): Cell => ({
    text,
    style: bold,
    ...(text === 'ms' ? { align: 'right' } : {}),
  }));
  return textTable({ head, rows, width });
}

/** English readers know the codes as words; in Japanese the word stands first. */
const wordAndCode = (word: string, code: string, screen: Screen): string =>
  languageOf(screen) === 'ja' ? `${word} (${code})` : code;

const passedText = ({ target }: CheckResult): string => `${target.host}:${target.port}`;

/** One finding for a person, in the language of the screen. */
export const findingInWords = (finding: Finding, screen: Screen): string =>
  findingText(
    { ...render(finding, languageOf(screen)), links: linksOf(finding, languageOf(screen)) },
    screen,
  );

function closingLine({ results, server }: ServerReport, screen: Screen): string {
  const { closing } = frameOf(screen);
  const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const failed = count('fail');
  const others = (['warn', 'throttled', 'skipped'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => closing.count(outcome, count(outcome)))
    .join('');
  const told = { failed, all: results.length, server: `${server.name} (${server.roles.join(', ')})`, others };
  const unknown = nothingRan(results);
  const good = !unknown && failed === 0;
  const line = unknown
    ? closing.nothingRan({ servers: [told.server] })
    : good
      ? closing.passed(told)
      : closing.failed(told);
  return wrapText(line, screen.width)
    .map((each) => screen.style(good ? 'green' : 'red', each))
    .join('\n');
}
