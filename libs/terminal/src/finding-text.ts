import { type Finding, type FindingLink, STATEMENTS_URL } from '@mailpath/protocol';
import { columnsOf } from './columns.ts';
import { frameOf, type Screen, SEVERITY_STYLE } from './screen.ts';
import { wrapText } from './wrap-text.ts';

const FIELDS = ['cause', 'owner', 'nextStep', 'excluded', 'consequences', 'checklist', 'links'] as const;
/** Where less than this is left beside the labels, a label stands on a line of its own. */
const NARROWEST_TEXT = 40;
const INDENT = '  ';

/** What of a finding a person is told. */
export type FindingWords = Pick<
  Finding,
  'severity' | 'confidence' | 'summary' | 'cause' | 'owner' | 'nextStep' | 'excludes' | 'items' | 'statements'
> & {
  consequences: readonly Pick<Finding['consequences'][number], 'server' | 'check' | 'target'>[];
  /** Where it can be read of. */
  links?: readonly FindingLink[];
};

/**
 * One finding for a person: how bad, what, why, who, what to do. Its sentences are in the language of the screen
 * already.
 */
export function findingText(finding: FindingWords, screen: Screen): string {
  const { labels, severity, confidence, owner } = frameOf(screen);
  const word = severity[finding.severity];
  const [first = '', ...others] = wrapText(`${word}  ${finding.summary}`, screen.width);
  const follows = followed(finding, screen);
  const field = (name: (typeof FIELDS)[number], text: string): string[] =>
    fieldLines(labels[name], text, screen);
  return [
    first.replace(word, screen.style(SEVERITY_STYLE[finding.severity], word)),
    ...others,
    ...field('cause', `${finding.cause} (${confidence[finding.confidence]})`),
    ...field('owner', owner[finding.owner]),
    ...field('nextStep', finding.nextStep),
    ...finding.excludes.flatMap((sentence) => field('excluded', sentence)),
    ...(follows === '' ? [] : field('consequences', follows)),
    ...field('checklist', [...finding.items, ...finding.statements].join(', ')),
    // Cisco's document is the same for all of them: `--verbose` names it once.
    ...(finding.links ?? [])
      .filter(({ url }) => url !== STATEMENTS_URL)
      .flatMap(({ title, url }) => [
        ...field('links', title),
        // In one piece, however wide it is: it is there to be clicked.
        `${INDENT}${INDENT}${url}`,
      ]),
  ].join('\n');
}

function fieldLines(label: string, text: string, screen: Screen): string[] {
  const { labels } = frameOf(screen);
  const beside = Math.max(...FIELDS.map((name) => columnsOf(labels[name]))) + 2 * INDENT.length;
  const padded = INDENT + label + ' '.repeat(beside - INDENT.length - columnsOf(label));
  if (screen.width - beside >= NARROWEST_TEXT)
    return wrapText(text, screen.width - beside).map(
      (line, i) => (i === 0 ? padded : ' '.repeat(beside)) + line,
    );
  const indent = screen.width > 4 * INDENT.length ? INDENT : '';
  return [
    ...wrapText(label, screen.width - indent.length).map((line) => indent + line),
    ...wrapText(text, screen.width - 2 * indent.length).map((line) => indent + indent + line),
  ];
}

/** What is no fault of its own: each check with its servers. */
function followed({ consequences }: FindingWords, screen: Screen): string {
  const byCheck = Map.groupBy(consequences, ({ check, target }) => `${check} ${target}`);
  return [...byCheck.values()]
    .map((those) => {
      const servers = [...new Set(those.map(({ server }) => server))].join(', ');
      return frameOf(screen).consequence(servers, those[0]?.check ?? '', those[0]?.target ?? '');
    })
    .join('; ');
}
