import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { answer, api, done } from '../api/client.ts';
import type { OwnSession } from '../api/types.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './account-page.module.css';

export const OWN_SESSIONS = ['own-sessions'] as const;

/** Every browser that is signed in as who looks, and the way to sign it out. */
export function OwnSessions() {
  const { account: words } = useWords();
  const title = useId();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: OWN_SESSIONS });
  const asked = useQuery({ queryKey: OWN_SESSIONS, queryFn: () => answer(api.GET('/v1/sessions')) });
  const others = useMutation({ mutationFn: () => done(api.DELETE('/v1/sessions')), onSuccess });
  return (
    <section className={style.card} aria-labelledby={title}>
      <h2 id={title}>{words.sessions}</h2>
      <Answered by={asked}>
        {({ items }) => (
          <>
            <ul className={style.sessions}>
              {items.map((session) => (
                <Row key={session.id} session={session} onEnd={onSuccess} />
              ))}
            </ul>
            {items.length > 1 && (
              <SureButton
                label={words.endOthers}
                of=""
                ask={words.endOthersSure(items.length - 1)}
                busy={others.isPending}
                onSure={() => others.mutate()}
              />
            )}
            <Refusal error={others.error} />
          </>
        )}
      </Answered>
    </section>
  );
}

function Row({ session, onEnd }: { session: OwnSession; onEnd: () => Promise<void> }) {
  const { account: words } = useWords();
  const { id, browser, system, createdAt, expiresAt, current } = session;
  const name = words.browser(browser, system);
  const end = useMutation({
    mutationFn: () => done(api.DELETE('/v1/sessions/{sessionId}', { params: { path: { sessionId: id } } })),
    onSuccess: onEnd,
  });
  return (
    <li>
      <p>
        <b>
          {current && <StateIcon state="pass" size={14} />}
          {name ?? (current ? words.here : words.elsewhere)}
        </b>
        {name !== null && current && <small>{words.here}</small>}
        <small>
          {words.since} <Moment at={createdAt} />
        </small>
        <small>
          {words.until} <Moment at={expiresAt} aged={false} />
        </small>
      </p>
      {!current && (
        <button className="button" type="button" disabled={end.isPending} onClick={() => end.mutate()}>
          {words.end}
          {name !== null && <span className="spoken"> {name}</span>}
        </button>
      )}
      <Refusal error={end.error} />
    </li>
  );
}
