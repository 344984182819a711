import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { AuditEntry } from '../api/types.ts';
import { Moment } from '../ui/moment.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './audit-page.module.css';

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
  useEffect(() => {
    document.title = `${words.audit.title} · ${words.product}`;
  }, [words]);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <TopBar site={words.audit.title} findings={0} live={null} />
      <main id="main" className="page" tabIndex={-1}>
        <div className="title-bar">
          <h1>{words.audit.title}</h1>
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
        </div>
        {error && !data && <Trouble error={error} again={() => void refetch()} />}
        {data && entries.length === 0 && <p className="lead">{words.audit.none}</p>}
        {entries.length > 0 && (
          <ul className={style.entries}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
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
      </main>
    </>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
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
        <code>{action}</code>
        <small>
          {Object.entries(subject)
            .map(([of, id]) => `${of} ${id}`)
            .join(' · ')}
        </small>
      </span>
      <em>{audit.outcome[outcome]}</em>
    </li>
  );
}
