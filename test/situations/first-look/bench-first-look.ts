// npm run bench:first-look -- --set one [--fresh] [--only TEXT] [--recorded] [--lanes 5] [--patience 1]: how often the
// diagnosis is right at first look. With
// --recorded it prints what the checks saw and judges nothing; docs/bench.md says how to read it.
import { parseArgs } from 'node:util';
import { effortOf, EFFORT_OPTIONS } from '../effort.ts';
import { diagnose, linesOf } from '../judge.ts';
import { recordings } from '../recordings.ts';
import { claimsOf, CLAIMS_OF_RULES } from './claims-of-rules.ts';
import { SETS } from './first-look.ts';
import { type FirstLookVerdict, judgeFirstLook } from './judge.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'one' },
    fresh: { type: 'boolean', default: false },
    recorded: { type: 'boolean', default: false },
    ...EFFORT_OPTIONS,
    only: { type: 'string', default: '' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const isSet = (name: string): name is keyof typeof SETS => Object.hasOwn(SETS, name);

if (!isSet(values.set)) throw new Error(`--set ${values.set}: use ${Object.keys(SETS).join(', ')}`);
const wanted = SETS[values.set].filter(({ name }) => name.includes(values.only));
const all = await recordings(wanted, values.fresh, say, effortOf(values));

if (values.recorded) {
  for (const [{ name }, { servers }] of all) {
    say(name);
    for (const server of servers)
      for (const line of linesOf(server.results)) say(`    ${server.name} · ${line}`);
  }
} else if (Object.keys(CLAIMS_OF_RULES).length === 0) {
  say('No rule says yet what it claims: write that in test/situations/first-look/claims-of-rules.ts.');
  process.exitCode = 2;
} else {
  const verdicts = [...all].map(([situation, recording]) =>
    judgeFirstLook(situation, diagnose(recording), claimsOf),
  );
  for (const verdict of verdicts) tell(verdict);
  const right = verdicts.filter((verdict) => verdict.right).length;
  const contradicted = verdicts.flatMap(({ findings }) =>
    findings.filter(({ params }) => 'contradicted' in params),
  ).length;
  say(`${contradicted} findings that their own evidence contradicts`);
  say(
    `${right} of ${verdicts.length} right at first look (${((100 * right) / verdicts.length).toFixed(1)} %)`,
  );
}

function tell({ situation, findings, right, ...held }: FirstLookVerdict): void {
  say(`${right ? 'right' : 'WRONG'}  ${situation.name}`);
  if (right) return;
  const wrong = Object.entries(held).filter(([, isHeld]) => isHeld === false);
  say(`         ${situation.because} Wrong: ${wrong.map(([name]) => name).join(', ')}`);
  const { expected, besides } = situation;
  for (const { servers, phase, owner, says, mustNotSay } of besides ? [expected, besides] : [expected])
    say(
      `         expected ${servers.join(', ')}: ${phase.join('|')}; ${owner.join('|')}; ${says.join('|')}; not ${mustNotSay.join('|')}`,
    );
  for (const finding of findings)
    say(
      `         found ${finding.scope.servers.join(', ')}: ${finding.phase}; ${finding.owner}; ${claimsOf(finding).join('|')}; ${finding.rule}`,
    );
}
