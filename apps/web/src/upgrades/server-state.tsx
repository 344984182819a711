import type { Upgrade } from '../api/types.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { useWords } from '../words/words.tsx';
import style from './agents-page.module.css';

type State = Upgrade['servers'][number]['state'];

/** Each state has a shape of its own beside its word. */
const SHAPE: Record<State, [icon: IconName, tone: 'pass' | 'error' | 'warning' | 'info' | 'none']> = {
  waiting: ['old', 'none'],
  offered: ['play', 'info'],
  staged: ['play', 'info'],
  kept: ['pass', 'pass'],
  'rolled-back': ['error', 'error'],
  refused: ['error', 'error'],
  silent: ['warning', 'warning'],
  'not-allowed': ['none', 'none'],
};

interface Props {
  state: State;
  reason: string | null;
  /** Of an upgrade that has ended nobody waits any more. */
  ended: boolean;
}

/** What became of an upgrade on a server, and why where it did not stay. */
export function ServerState({ state, reason, ended }: Props) {
  const { upgrades: words } = useWords();
  const missed = ended && state === 'waiting';
  const [icon, tone] = SHAPE[missed ? 'not-allowed' : state];
  return (
    <span className={style.became}>
      <span className="state" data-state={tone}>
        <Icon name={icon} size={14} />
      </span>
      <span>
        {missed ? words.notOffered : words.server[state]}
        {reason !== null && (
          <>
            {words.because} <q lang="en">{reason}</q>
          </>
        )}
      </span>
    </span>
  );
}
