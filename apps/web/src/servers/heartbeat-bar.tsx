import { useWords } from '../words/words.tsx';
import type { Beat, Line } from './heartbeat.ts';
import style from './heartbeat-bar.module.css';

const SLOT = 6;
const HEIGHT = 28;

/** Shape before colour: a failure is as high as the bar with a notch, no data is a hollow dot. */
const SHAPE: Record<Beat, (x: number) => string> = {
  pass: (x) => `M${x} 6h4v16h-4z`,
  warn: (x) => `M${x} 5h4v18h-4zM${x} 0h4v3h-4z`,
  fail: (x) => `M${x} 0h4v11l-2 2l-2 -2zM${x} 28v-11l2 2l2 -2v11z`,
  none: (x) => `M${x + 1} 13h1.5v2h-1.5z`,
};

/** One check over time, told in one sentence to those who do not see it. */
export function HeartbeatBar({ line: { beats, failed, results } }: { line: Line }) {
  const { server } = useWords();
  return (
    <div className={style.beats}>
      <span className="spoken">{server.bar(failed, results)}</span>
      <svg
        className={style.bar}
        aria-hidden="true"
        viewBox={`0 0 ${beats.length * SLOT} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {(['none', 'pass', 'warn', 'fail'] as const).map((beat) => (
          <path
            key={beat}
            data-beat={beat}
            d={beats.map((each, i) => (each === beat ? SHAPE[beat](i * SLOT + 1) : '')).join('')}
          />
        ))}
      </svg>
    </div>
  );
}

export function BeatLegend() {
  const { server } = useWords();
  return (
    <ul className={style.legend}>
      {(['pass', 'warn', 'fail', 'none'] as const).map((beat) => (
        <li key={beat}>
          <svg className={style.bar} viewBox={`0 0 ${SLOT} ${HEIGHT}`} aria-hidden="true">
            <path data-beat={beat} d={SHAPE[beat](1)} />
          </svg>
          {server.legend[beat]}
        </li>
      ))}
    </ul>
  );
}
