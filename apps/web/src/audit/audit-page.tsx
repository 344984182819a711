import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { AuditEntry } from '../api/types.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { Moment } from '../ui/moment.tsx';
import { Empty, Loading, Trouble } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './audit-page.module.css';
import { subjectsOf } from './subjects.ts';
import { useNames } from './use-names.ts';

type Shown = 'all' | AuditEntry['outcome'];
const SHOWN: readonly Shown[] = ['all', 'done', 'refused'];

/** What was done in the whole installation, or refused: who, when, from where. */
export function AuditPage() {
  const words = useWords();
  const [shown, setShown] = useState<Shown>('all');
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['audit-log', shown],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/v1/audit-log', {
          params: {
            query: {
              limit: 100,
              ...(shown !== 'all' && { outcome: shown }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  const names = useNames(entries);
  return (
    <InstallationShell
      title={words.audit.title}
      lead={words.audit.lead}
      beside={
        <label>
          <span className="spoken">{words.audit.show}</span>
          <select
            value={shown}
            onChange={({ target }) => setShown(SHOWN.find((each) => each === target.value) ?? 'all')}
          >
            {SHOWN.map((each) => (
              <option key={each} value={each}>
                {words.audit.outcome[each]}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {!data && (error ? <Trouble error={error} again={() => void refetch()} /> : <Loading />)}
      {data && entries.length === 0 && <Empty title={words.audit.none} lead={words.audit.noneLead} />}
      {entries.length > 0 && (
        <ul className={style.entries}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} names={names} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button
          className="button"
          type="button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {words.audit.older}
        </button>
      )}
    </InstallationShell>
  );
}

function Entry({ entry, names }: { entry: AuditEntry; names: ReadonlyMap<string, string> }) {
  const { audit } = useWords();
  const { at, actorKind, actorName, address, action, outcome, subject } = entry;
  return (
    <li data-outcome={outcome}>
      <Moment at={at} aged={false} />
      <span>
        <b>{actorName ?? audit.actor[actorKind]}</b>
        <small>{[actorName !== null && audit.actor[actorKind], address].filter(Boolean).join(' · ')}</small>
      </span>
      <span>
        <b title={action}>{(audit.action as Record<string, string>)[action] ?? action}</b>
        <small>
          {subjectsOf(subject).map(({ kind, id }) => (
            <span key={kind} title={id}>
              {audit.subject[kind]} <em>{names.get(id) ?? audit.unnamed(id.slice(-6))}</em>
            </span>
          ))}
        </small>
      </span>
      <em>{audit.outcome[outcome]}</em>
    </li>
  );
}
