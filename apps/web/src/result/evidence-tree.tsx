import type { StoredResult } from '../api/types.ts';
import { Icon } from '../ui/icon.tsx';
import { useWords } from '../words/words.tsx';
import style from './evidence-tree.module.css';
import { groupsOf } from './side-by-side.ts';

interface Props {
  own: StoredResult['result'];
  other: StoredResult['result'] | undefined;
  names: readonly [own: string, other: string];
}

/** Everything that was kept, folded: group by group, as REST names it, with what differs marked. */
export function EvidenceTree({ own, other, names }: Props) {
  const { result: words } = useWords();
  const groups = groupsOf(own, other);
  if (groups.length === 0) return null;
  return (
    <details className={style.tree}>
      <summary>{words.all}</summary>
      {groups.map(({ group, facts }) => (
        <details key={group}>
          <summary>
            {group}
            {facts.some(({ differs }) => differs) && (
              <span className={style.differs}>
                <Icon name="differs" size={12} />
                {words.other}
              </span>
            )}
          </summary>
          <dl>
            {facts.map(({ fact, own: mine, other: theirs, differs }) => (
              <div key={fact} data-differs={differs || undefined}>
                <dt>
                  {fact}
                  {differs && <Icon name="differs" size={12} />}
                </dt>
                <dd>
                  <Value name={differs ? names[0] : null} text={mine} />
                  {differs && <Value name={names[1]} text={theirs} />}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </details>
  );
}

/** What both have alike is told once. */
function Value({ name, text }: { name: string | null; text: string | null }) {
  return (
    <span>
      {name !== null && <b>{name}</b>}
      <code>{text ?? '–'}</code>
    </span>
  );
}
