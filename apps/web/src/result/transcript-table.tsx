import type { StoredResult } from '../api/types.ts';
import { Icon } from '../ui/icon.tsx';
import { useWords } from '../words/words.tsx';
import style from './transcript.module.css';
import { aligned, transcriptOf } from './transcript.ts';

interface Props {
  own: StoredResult['result'];
  other: StoredResult['result'] | undefined;
  names: readonly [own: string, other: string];
}

/** What both ends said, beside what they said to a server that passes; the first line that differs is named. */
export function Transcript({ own, other, names }: Props) {
  const { result: words } = useWords();
  const lines = transcriptOf(own);
  const pairs = aligned(lines, other ? transcriptOf(other) : lines);
  if (pairs.length === 0) return null;
  const first = pairs.findIndex(({ differs }) => differs);
  const last = pairs.findLastIndex((pair) => pair.own !== null);
  // Where this server broke, the other went on: that is no difference, but what was not reached.
  const endedAt = (at: number): boolean => at > last && at !== first;
  return (
    <section>
      <table className={style.transcript} data-alone={!other || undefined}>
        <caption>{words.said}</caption>
        <thead>
          <tr>
            {names.slice(0, other ? 2 : 1).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, at) => (
            // A transcript is a fact: its lines keep their places.
            <tr
              key={at}
              data-differs={(pair.differs && !endedAt(at)) || undefined}
              data-first={at === first || undefined}
              data-ended={endedAt(at) || undefined}
            >
              <Line text={pair.own} mark={at === first ? words.first : null} ended={endedAt(at)} />
              {other && <Line text={pair.other} mark={null} ended={false} />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ text, mark, ended }: { text: string | null; mark: string | null; ended: boolean }) {
  const { result: words } = useWords();
  const from = text?.startsWith('C: ') ? 'client' : text?.startsWith('S: ') ? 'server' : undefined;
  return (
    <td data-from={from}>
      {mark !== null && (
        <span className={style.mark}>
          <Icon name="differs" size={12} />
          {mark}
        </span>
      )}
      {text === null ? <i>{ended ? '' : words.notSaid}</i> : <code>{text}</code>}
    </td>
  );
}
