import { useId } from 'react';
import type { AgentVersion } from '../api/types.ts';
import { FieldNote } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import style from './begin-upgrade.module.css';

interface Props {
  /** Those that follow the first one. */
  servers: readonly AgentVersion[];
  chosen: ReadonlyMap<string, number>;
  onChoose: (chosen: ReadonlyMap<string, number>) => void;
}

/** Which servers go together after the first one, and before all others. */
export function UpgradeGroups({ servers, chosen, onChoose }: Props) {
  const { upgrades: words } = useWords();
  const field = useId();
  function choose(serverId: string, value: string): void {
    const next = new Map(chosen);
    if (value === '') next.delete(serverId);
    else next.set(serverId, Number(value));
    onChoose(next);
  }
  return (
    <fieldset className={style.part} aria-describedby={`${field}-hint`}>
      <legend>{words.follow}</legend>
      <p id={`${field}-hint`}>{words.followLead}</p>
      <ul className={style.members}>
        {servers.map(({ serverId, serverName }) => (
          <li key={serverId} className="field">
            <label htmlFor={`${field}-${serverId}`}>{serverName}</label>
            <select
              id={`${field}-${serverId}`}
              value={chosen.get(serverId) ?? ''}
              onChange={({ target }) => choose(serverId, target.value)}
            >
              {servers.map((_, i) => (
                <option key={i} value={i + 2}>
                  {words.group(i + 2)}
                </option>
              ))}
              <option value="">{words.others}</option>
            </select>
          </li>
        ))}
      </ul>
      <FieldNote name="groups" />
    </fieldset>
  );
}
