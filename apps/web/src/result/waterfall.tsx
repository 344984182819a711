import type { CSSProperties } from 'react';
import type { StoredResult } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import style from './result-panel.module.css';
import { steps } from './side-by-side.ts';

interface Props {
  own: StoredResult;
  other: StoredResult | undefined;
  names: readonly [own: string, other: string];
}

/** The steps of both on one scale of time; where one broke, the rest is not reached. */
export function Waterfall({ own, other, names }: Props) {
  const words = useWords();
  const scale = Math.max(own.result.durationMs, other?.result.durationMs ?? 0, 1);
  return (
    <section>
      <table className={style.waterfall}>
        <caption>{words.result.phases}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="spoken">{words.result.phases}</span>
            </th>
            <th scope="col">{names[0]}</th>
            {other && <th scope="col">{names[1]}</th>}
          </tr>
        </thead>
        <tbody>
          {steps(own.result, other?.result).map((step) => (
            <tr key={step.place} data-broke={step.broke || undefined}>
              <th scope="row">{words.phase[step.phase]}</th>
              <td>
                <Bar {...step.own} scale={scale} code={step.broke ? own.result.failure?.code : undefined} />
              </td>
              {other && (
                <td>
                  <Bar {...step.other} scale={scale} code={undefined} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface BarProps {
  from: number;
  ms: number | null;
  scale: number;
  code: NonNullable<StoredResult['result']['failure']>['code'] | undefined;
}

function Bar({ from, ms, scale, code }: BarProps) {
  const words = useWords();
  if (ms === null) return <span className={style.missing}>{words.result.notReached}</span>;
  const place = { '--from': from / scale, '--for': ms / scale } as CSSProperties;
  return (
    <span className={style.lane} data-broke={code && true}>
      <i className={style.time} style={place} />
      <span className={style.ms}>
        {words.ms(ms)}
        {code && <b>{words.code[code]}</b>}
      </span>
    </span>
  );
}
