import type { SettingVerdict } from '../api/types.ts';
import { StateIcon } from '../ui/dot.tsx';
import { useWords } from '../words/words.tsx';
import style from './settings-page.module.css';

const ICON = { holds: 'pass', broken: 'error', 'cannot-tell': 'none' } as const;

/** Settings as the API judges them, each with what to do. */
export function Verdicts({ verdicts }: { verdicts: readonly SettingVerdict[] }) {
  const { checklist } = useWords();
  return (
    <ul className={style.verdicts}>
      {verdicts.map(({ item, subject, verdict, sentence, nextStep }) => (
        <li key={`${item} ${subject} ${sentence}`}>
          <StateIcon state={ICON[verdict]} size={16} />
          <div>
            <p>
              <b>{item}</b> <span className="spoken">{checklist.verdict[verdict]}:</span> {sentence}
            </p>
            {nextStep && <p className={style.next}>{nextStep}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
