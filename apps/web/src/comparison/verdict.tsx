import type { Comparison, Finding } from '../api/types.ts';
import { Icon } from '../ui/icon.tsx';
import { secondsSince, useNow } from '../ui/use-now.ts';
import { useSpeech } from '../words/words.tsx';
import type { Verdict as VerdictFacts } from './table.ts';
import style from './verdict.module.css';

const ICON = { safe: 'pass', watch: 'warning', unsafe: 'error', unknown: 'none' } as const;

interface Props {
  verdict: VerdictFacts;
  comparison: Comparison;
  findings: readonly Finding[];
}

/** Is mail safe, what does not work, where, since when: read in five seconds. */
export function Verdict({ verdict, comparison, findings }: Props) {
  const { words, language } = useSpeech();
  const now = useNow();
  const { state, bad, all, lanes } = verdict;
  const headline = {
    safe: () => words.verdict.safe(all),
    watch: () => words.verdict.watch(bad, all),
    unsafe: () => words.verdict.unsafe(bad, all),
    unknown: () => words.verdict.unknown,
  }[state]();
  const since = findings.map((finding) => finding.since).toSorted()[0];
  const newest = newestOf(comparison);
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (
    <div className={style.verdict} data-state={state}>
      <span className={style.seal}>
        <Icon name={ICON[state]} size={30} />
      </span>
      <div>
        <h1>{headline}</h1>
        {state === 'unknown' && <p>{words.verdict.unknownLead}</p>}
        {lanes.length > 0 && (
          <ul className={style.lanes}>
            {lanes.map(({ lane, servers }) => (
              <li key={lane}>
                {words.verdict.lane[lane]}
                {words.verdict.on}
                <b>{words.list(servers)}</b>
              </li>
            ))}
          </ul>
        )}
        <p className={style.when}>
          {since && state !== 'safe' && (
            <span>
              {words.verdict.since} <time dateTime={since}>{clock.format(new Date(since))}</time> ·{' '}
              {words.age(secondsSince(since, now))}
            </span>
          )}
          {newest && <span>{words.live.updated(words.age(secondsSince(newest, now)))}</span>}
        </p>
      </div>
    </div>
  );
}

function newestOf({ rows }: Comparison): string | null {
  let newest: string | null = null;
  for (const { cells } of rows)
    for (const { observedAt } of cells)
      if (observedAt !== null && (newest === null || observedAt > newest)) newest = observedAt;
  return newest;
}
