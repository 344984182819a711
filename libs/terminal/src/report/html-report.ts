import { CATALOGUES, type VerdictWord } from '@mailpath/diagnosis';
import type {
  Checklist,
  CheckResult,
  Comparison,
  ComparisonCell,
  Confidence,
  FindingLink,
  Language,
  Owner,
  Severity,
} from '@mailpath/protocol';
import { stepTree } from '../steps/step-tree.ts';
import { Html, markup, NOTHING } from './html.ts';
import { REPORT_POLICY, STYLE } from './style.ts';
import { REPORT_WORDS } from './words.ts';
import { withoutTokens } from './without-tokens.ts';

/** One conclusion, in the language of the report. */
export interface ReportedFinding {
  readonly severity: Severity;
  readonly summary: string;
  readonly cause: string;
  readonly owner: Owner;
  readonly confidence: Confidence;
  readonly nextStep: string;
  readonly checklistItem: string;
  readonly excludes: readonly string[];
  readonly evidence: readonly string[];
  /** Public pages on the matter. */
  readonly links?: readonly FindingLink[];
  /** RFC 3339 in UTC; null where that is not known. */
  readonly since: string | null;
}

/** What a report shows; parts that are null are left out. Sentences are in its language already. */
export interface Report {
  readonly language: Language;
  /** RFC 3339 in UTC. */
  readonly generatedAt: string;
  /** The site, or the server that looked at itself. */
  readonly name: string;
  readonly verdict: { readonly verdict: VerdictWord; readonly since: string | null } | null;
  readonly findings: readonly ReportedFinding[];
  readonly comparison: Comparison | null;
  readonly checklist: Checklist | null;
  readonly results: readonly { readonly server: string; readonly result: CheckResult }[];
}
/** Of the step trees, in characters. */
const WIDTH = 110;
/** Without a blank more: the policy names what stands between the tags by its hash. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
/** Nobody reads more of them on paper; the JSON beside it has all. */
const TREES = 300;

/**
 * One file that needs nothing else: no script, one style that its policy names by hash, every text from outside
 * escaped.
 */
export function htmlReport(given: Report): string {
  const report = withoutTokens(given);
  const words = REPORT_WORDS[report.language];
  const body = [
    markup`<h1>${words.title}: ${report.name}</h1>
      <p class="quiet">
        ${words.made} <time datetime="${report.generatedAt}">${moment(report.generatedAt)}</time>.
        ${words.masked}
      </p>`,
    verdictOf(report),
    findingsOf(report),
    report.comparison ? comparisonOf(report.comparison, report) : NOTHING,
    report.checklist ? checklistOf(report.checklist, report) : NOTHING,
    evidenceOf(report),
  ];
  return `${String(
    markup`<!doctype html>
      <html lang="${report.language}">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="content-security-policy" content="${new Html(REPORT_POLICY)}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <title>${words.title}: ${report.name}</title>
          ${STYLE_ELEMENT}
        </head>
        <body>
          <main>${body}</main>
        </body>
      </html>`,
  )}\n`;
}

/** A report is read far from where it was made, and on paper: the zone stands beside the time. */
const moment = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

function verdictOf({ verdict, language }: Report): Html {
  if (!verdict) return NOTHING;
  const words = REPORT_WORDS[language];
  const since = verdict.since === null ? '' : ` (${words.since} ${moment(verdict.since)})`;
  return markup`<p class="verdict ${verdict.verdict}">${words.verdict[verdict.verdict]}${since}</p>`;
}

function findingsOf({ findings, language }: Report): Html {
  const words = REPORT_WORDS[language];
  if (findings.length === 0)
    return markup`<h2>${words.findings}</h2>
      <p>${words.noFindings}</p>`;
  return markup`<h2>${words.findings}</h2>
    ${findings.map((finding) => findingOf(finding, language))}`;
}

function findingOf(finding: ReportedFinding, language: Language): Html {
  const { labels, owner, confidence, severity } = CATALOGUES[language].frame;
  const lines = (name: string, all: readonly string[]): Html =>
    all.length === 0
      ? NOTHING
      : markup`<dt>${name}</dt>
          ${all.map((each) => markup`<dd>${each}</dd>`)}`;
  const since = finding.since === null ? [] : [moment(finding.since)];
  return markup`<article class="finding ${finding.severity}">
    <h3>${severity[finding.severity]}: ${finding.summary}</h3>
    <dl>
      ${[
        lines(labels.cause, [`${finding.cause} (${confidence[finding.confidence]})`]),
        lines(labels.owner, [owner[finding.owner]]),
        lines(labels.nextStep, [finding.nextStep]),
        lines(labels.excluded, finding.excludes),
        lines(labels.seen, finding.evidence),
        lines(
          labels.links,
          (finding.links ?? []).map(({ title, url }) => `${title}: ${url}`),
        ),
        lines(labels.checklist, [finding.checklistItem]),
        lines(REPORT_WORDS[language].since, since),
      ]}
    </dl>
  </article>`;
}

function comparisonOf({ servers, rows }: Comparison, { language }: Report): Html {
  const words = REPORT_WORDS[language];
  const { check } = CATALOGUES[language].frame.labels;
  return markup`<h2>${words.comparison}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${check}</th>
            ${servers.map(({ name }) => markup`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              markup`<tr>
                <th scope="row">
                  ${row.title}<br /><span class="quiet"
                    >${row.target.host}:${row.target.port}${row.target.mailbox === undefined ? '' : ` ${row.target.mailbox}`}</span
                  >
                </th>
                ${row.cells.map((cell) => cellOf(cell, words.noData))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

function cellOf(cell: ComparisonCell, noData: string): Html {
  if (cell.outcome === 'no-data') return markup`<td class="none">${cell.sentence ?? noData}</td>`;
  const ms = cell.ms === null ? '' : `${Math.round(cell.ms)} ms`;
  const what = [cell.outcome, cell.phase, cell.code].filter((each) => each !== null).join(' ');
  return markup`<td class="${cell.outcome}">
    ${cell.outcome === 'pass' ? '✓' : what}
    ${ms}${cell.sentence === null ? NOTHING : markup`<br />${cell.sentence}`}
  </td>`;
}

function checklistOf({ entries }: Checklist, { language }: Report): Html {
  const words = REPORT_WORDS[language];
  return markup`<h2>${words.checklist}</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.item}</th>
            <th scope="col">${words.subject}</th>
            <th scope="col"></th>
            <th scope="col">${words.why}</th>
          </tr>
        </thead>
        <tbody>
          ${entries.map(
            ({ item, title, subject, verdict, sentence, nextStep }) =>
              markup`<tr>
                <th scope="row">${item} ${title}</th>
                <td>${subject.name}</td>
                <td class="${verdict}">${words.state[verdict]}</td>
                <td>${sentence}${nextStep === null ? '' : ` ${nextStep}`}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

type Observed = Report['results'][number];

/** What did not pass, and of each row one that did, to hold it against. */
function told(results: readonly Observed[]): Observed[] {
  const passed = new Map(
    results
      .filter(({ result }) => result.outcome === 'pass')
      .map((each) => [`${each.result.check} ${each.result.target.name}`, each]),
  );
  return [...results.filter(({ result }) => result.outcome !== 'pass'), ...passed.values()];
}

/** The steps of these checks as the agent prints them, failures first. */
function evidenceOf({ results, language }: Report): Html {
  const words = REPORT_WORDS[language];
  const screen = { width: WIDTH, style: (_: unknown, text: string) => text, language };
  const all = told(results);
  const shown = all.slice(0, TREES);
  const rest = results.length - shown.length;
  if (shown.length === 0)
    return markup`<h2>${words.evidence}</h2>
      <p>${words.nothing}</p>`;
  return markup`<h2>${words.evidence}</h2>
    ${shown.map(
      ({ server, result }) =>
        markup`<h3>${server}</h3>
          <pre>${stepTree(result, screen)}</pre>`,
    )}${rest > 0 ? markup`<p class="quiet">${words.more(rest)}</p>` : NOTHING}`;
}
