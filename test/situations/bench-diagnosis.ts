// npm run bench:diagnosis [-- --fresh] [--only TEXT] [--lanes 5] [--patience 1]: how often the diagnosis is right, by
// recordings of real runs of the checks at a site of five servers. Loopback only; docs/bench.md says how to read it.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { effortOf, EFFORT_OPTIONS } from './effort.ts';
import { isRight, judge, linesOf, type Verdict } from './judge.ts';
import { recordings } from './recordings.ts';
import { scoreOf, type Score } from './score.ts';
import { PAIRS } from './pairs.ts';
import { SINGLES } from './singles.ts';
import { HEALTHY, SITUATIONS } from './situations.ts';

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    ...EFFORT_OPTIONS,
  },
});

const SINGLES_GOAL = 0.98;
const PAIRS_GOAL = 0.95;
/** One finding for one fault: so many more are allowed in a situation, on the mean. */
const EXTRA_GOAL = 0.05;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const started = performance.now();
const wanted = SITUATIONS.filter(({ name }) => name.includes(values.only));
const all = await recordings(wanted, values.fresh, say, effortOf(values));
const recordedMs = performance.now() - started;
const verdicts = [...all].map(([situation, recording]) => judge(situation, recording));
for (const verdict of verdicts) tell(verdict);
summarize();

function tell({ situation, findings, met, more, right }: Verdict): void {
  say(`${right ? 'right' : 'WRONG'}  ${situation.name}`);
  if (right && values.only === '') return;
  for (const each of met.filter((one) => !isRight(one) || values.only !== '')) {
    const { servers, cause, owner, items } = each.expected;
    say(
      `         expected ${servers.join(', ')}: ${cause.join(' or ')}; ${owner.join(' or ')}; ${items.join(' or ')}`,
    );
  }
  for (const finding of findings) {
    const { servers } = finding.scope;
    const mark = more.includes(finding) ? 'not asked for' : 'found';
    say(
      `         ${mark} ${servers.join(', ')}: ${finding.rule}; ${finding.owner}; ${finding.items.join(', ')}`,
    );
    if (values.only !== '') say(`           ${finding.summary}`);
  }
  if (values.only === '') return;
  for (const { name, results } of all.get(situation)?.servers ?? [])
    for (const line of linesOf(results)) say(`           ${name} · ${line}`);
}

function summarize(): void {
  const of = (situations: readonly unknown[]) =>
    verdicts.filter(({ situation }) => situations.includes(situation));
  const groups = [
    { name: 'single faults', own: of(SINGLES), goal: SINGLES_GOAL },
    { name: 'pairs of faults', own: of(PAIRS), goal: PAIRS_GOAL },
  ].map((group) => ({ ...group, score: scoreOf(group.own) }));
  const healthy = of([HEALTHY]).flatMap(({ findings }) => findings).length;
  console.table(groups.map(({ name, own, score }) => row(name, own.length, score)));
  const [{ model } = { model: 'unknown' }] = os.cpus();
  say(`${os.availableParallelism()} cores (${model}), Node ${process.versions.node}`);
  say(`recorded or read in ${(recordedMs / 1000).toFixed(0)} s`);
  const goals = groups.flatMap(({ name, score, goal }) =>
    (['server', 'cause', 'owner'] as const).map((what) => ({
      goal: `${name}: right ${what}`,
      measured: percent(score[what]),
      wanted: percent(goal),
      reached: score[what] >= goal ? 'yes' : 'NO',
    })),
  );
  const { extra } = scoreOf(of([...SINGLES, ...PAIRS]));
  goals.push({
    goal: 'findings that nobody expects, per situation',
    measured: extra.toFixed(3),
    wanted: String(EXTRA_GOAL),
    reached: extra <= EXTRA_GOAL ? 'yes' : 'NO',
  });
  const contradicted = verdicts.flatMap(({ findings }) =>
    findings.filter(({ params }) => 'contradicted' in params),
  ).length;
  goals.push({
    goal: 'findings that their own evidence contradicts',
    measured: String(contradicted),
    wanted: '0',
    reached: contradicted === 0 ? 'yes' : 'NO',
  });
  goals.push({
    goal: 'findings where all is well',
    measured: String(healthy),
    wanted: '0',
    reached: healthy === 0 ? 'yes' : 'NO',
  });
  console.table(goals);
  if (goals.some(({ reached }) => reached === 'NO')) process.exitCode = 1;
}

function row(name: string, situations: number, score: Score) {
  return {
    '': name,
    situations,
    'all right': percent(score.whole),
    server: percent(score.server),
    cause: percent(score.cause),
    owner: percent(score.owner),
    precision: percent(score.precision),
    recall: percent(score.recall),
  };
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
