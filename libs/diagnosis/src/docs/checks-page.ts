import {
  CHECK_PROOFS,
  CHECK_TITLES,
  CHECKS,
  type CheckFacts,
  type CheckNeeds,
  CLOUD_TARGETS,
  type KnownCheck,
  type Lane,
  LANES,
  type Phase,
} from '@mailpath/protocol';
import { layerOfPhase } from './layers.ts';
import { code, page, plain, table } from './markdown.ts';

const LANE_TITLES: Readonly<Record<Lane, string>> = {
  reach: 'Reaching Microsoft 365',
  ece: 'Settings of ECE',
  token: 'Obtaining a token',
  fetch: 'Fetching mail',
  send: 'Sending mail',
  'round-trip': 'A whole round trip',
  own: 'What a site adds',
};

const WEB = 'A proxy that the agent was told of carries it';
const LENT = 'The API lends it for this one check, so `mailpath-agent check` does not run it';

/** What must be there, and whether a proxy is used. */
const NEEDS: Readonly<Record<CheckNeeds, string>> = {
  'direct-path': 'a direct path; ECE’s mail processes use no proxy, so neither does this check',
  web: `nothing more. ${WEB}`,
  'authorize-request': `the tenant, client id and redirect URI of the site, which the API sends along. ${WEB}`,
  'authorization-code': `the code of a person’s sign-in, and the client secret. ${LENT}`,
  'device-code': `a person who signs in with the code that is shown. ${LENT}`,
  'refresh-token': `the refresh token of a user, and the client secret. ${LENT}`,
  'client-credentials': `the client secret. ${LENT}`,
  'access-token': `an access token of the mailbox’s user. ${LENT}`,
  'mailbox-reader': `an access token of the mailbox’s user, and IMAP or POP3 to find the message. ${LENT}`,
};

const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');

function aimedAt({ service, kind }: CheckFacts, id: KnownCheck): string {
  if (id === 'https.external-url') return 'the external URL of the site';
  if (service === null) return 'a host and port that a site names in `extraTargets`';
  const { host, port } = CLOUD_TARGETS.worldwide[service];
  const endpoint = `${code(`${host}:${port}`)} (target ${code(service)})`;
  return kind === 'login' ? `${endpoint}, for each mailbox of the site` : endpoint;
}

/** Each phase leads to the causes that can be found there. */
const walked = (phases: readonly Phase[]): string =>
  phases.map((phase) => `[${phase}](causes.md#${anchor(layerOfPhase(phase).title)})`).join(', ');

function block(id: KnownCheck): string {
  const facts = CHECKS[id];
  return [
    `### ${id}`,
    '',
    `${CHECK_TITLES[id].en}. (日本語: ${CHECK_TITLES[id].ja})`,
    '',
    `- **Aimed at**: ${aimedAt(facts, id)}`,
    `- **Phases**: ${walked(facts.phases)}`,
    `- **When it passes**: ${plain(CHECK_PROOFS[id].en)}`,
    `- **Needs**: ${NEEDS[facts.needs]}`,
    `- **Checklist**: ${facts.statements.join(', ')}`,
  ].join('\n');
}

const ids = Object.keys(CHECKS) as KnownCheck[];
const inLane = (lane: Lane): KnownCheck[] => ids.filter((id) => CHECKS[id].lane === lane);

const INTRO = [
  '# Every check, one by one',
  '<!-- Written by npm run docs:causes from libs/protocol (check-facts.ts, check-words.ts); a spec compares it. Change those files, not this page. -->',
  'A check is one question that an agent asks from its server. It walks its phases in order, and where it fails it names the phase; each phase leads to the causes that Mailpath knows there. Hosts are those of the worldwide cloud; `--cloud` and the cloud of a site choose others. What S1 to S74 say is in [checklist.md](checklist.md).',
];

/** `docs/checks.md`: every check by lane, in the order in which ECE needs them. */
export function checksPage(): string {
  const rows = ids.map((id) => [
    `[${id}](#${anchor(id)})`,
    CHECK_TITLES[id].en,
    aimedAt(CHECKS[id], id).replace(/ \(target.*$/, ''),
  ]);
  const sections = LANES.flatMap((lane) => [`## ${LANE_TITLES[lane]}`, ...inLane(lane).map(block)]);
  return page([...INTRO, table(['check', 'says', 'aimed at'], rows), ...sections]);
}
