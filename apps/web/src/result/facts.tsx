import type { StoredResult } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import style from './result-panel.module.css';
import { differingFacts } from './side-by-side.ts';

/** What the two do not share, beside certificates and what was said. */
export function Facts({
  own,
  other,
  names,
}: {
  own: StoredResult;
  other: StoredResult;
  names: readonly [string, string];
}) {
  const words = useWords();
  const facts = differingFacts(own.result, other.result);
  if (facts.length === 0) return null;
  return (
    <section>
      <table className={style.evidence}>
        <caption>{words.result.evidence}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="spoken">{words.result.evidence}</span>
            </th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map(({ fact, own: mine, other: theirs }) => (
            <tr key={fact}>
              <th scope="row">{fact}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
