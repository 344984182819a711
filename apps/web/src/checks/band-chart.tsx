import type { Series, SeriesBucket } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import style from './check-page.module.css';
import { runsOf, slotsOf } from './bands.ts';

const WIDTH = 900;
const HEIGHT = 120;
/** Above the base line, where failures are marked. */
const FLOOR = 14;

interface Props {
  buckets: readonly (SeriesBucket | null)[];
  /** The top, in milliseconds. */
  scale: number;
  marks: Series['marks'];
  from: string;
  to: string;
}

/** From the least time to the 95th percentile as a band, the median as a line, failures on the base line. */
export function BandChart({ buckets, scale, marks, from, to }: Props) {
  const { overTime } = useWords();
  const y = (ms: number): number => (HEIGHT - FLOOR) * (1 - Math.min(ms / scale, 1));
  const at = (x: number): number => Math.round(x * WIDTH * 10) / 10;
  const half = WIDTH / buckets.length / 2;
  const span = Date.parse(to) - Date.parse(from);
  return (
    <svg
      className={style.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        className={style.grid}
        d={`M0 0H${WIDTH}M0 ${y(scale / 2)}H${WIDTH}M0 ${HEIGHT - FLOOR}H${WIDTH}`}
      />
      {marks.map(({ id, kind, at: moment, label }) => {
        const x = at((Date.parse(moment) - Date.parse(from)) / span);
        return (
          <path key={`${id} ${kind}`} className={style.mark} data-kind={kind} d={`M${x} 0V${HEIGHT}`}>
            <title>{`${overTime.mark[kind]}: ${label}`}</title>
          </path>
        );
      })}
      {runsOf(buckets).map((run) => {
        // A slot alone is as wide as itself, so that it is seen.
        const points =
          run.length > 1
            ? run
            : run.flatMap((one) => [
                { ...one, x: one.x - half / WIDTH },
                { ...one, x: one.x + half / WIDTH },
              ]);
        const line = (of: 'least' | 'median' | 'p95') =>
          points.map(({ x, times }) => `${at(x)} ${y(times[of]).toFixed(1)}`);
        return (
          <g key={run[0]?.x}>
            <path
              className={style.band}
              d={`M${line('p95').join('L')}L${line('least').toReversed().join('L')}Z`}
            />
            <path className={style.median} d={`M${line('median').join('L')}`} />
          </g>
        );
      })}
      <path
        className={style.failed}
        d={slotsOf(buckets)
          .filter(({ failed }) => failed)
          .map(({ x }) => `M${at(x) - 3} ${HEIGHT - 10}l6 8m0 -8l-6 8`)
          .join('')}
      />
    </svg>
  );
}
