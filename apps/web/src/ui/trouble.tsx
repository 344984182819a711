import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Refused } from '../api/client.ts';
import { paths } from '../paths.ts';
import { useWords } from '../words/words.tsx';
import { Icon } from './icon.tsx';

interface Props {
  error: Error | null;
  again: () => void;
}

/** What went wrong, in the API's own words where it has some, and a way on. */
export function Trouble({ error, again }: Props) {
  const { problem } = useWords();
  const refused = error instanceof Refused ? error : null;
  // What the address names cannot be: asking again would not help.
  const isNowhere = refused?.status === 404 || refused?.status === 400;
  const final = refused?.status === 403 || isNowhere;
  const [title, lead] =
    refused?.status === 403
      ? [problem.forbidden, problem.forbiddenLead]
      : isNowhere
        ? [problem.missing, problem.missingLead]
        : [problem.title, problem.lead];
  return (
    <div className="lonely" role="alert">
      <span className="seal">
        <Icon name={final ? 'none' : 'warning'} size={26} />
      </span>
      <h1>{title}</h1>
      <p>{lead}</p>
      {refused && <p className="hint">{refused.message}</p>}
      {refused?.requestId && (
        <p className="hint">
          {problem.request} <code>{refused.requestId}</code>
        </p>
      )}
      <WaysOn again={final ? null : again} />
    </div>
  );
}

/** To try again, where that may help, and to the sites. */
function WaysOn({ again }: { again: (() => void) | null }) {
  const { problem, nav } = useWords();
  return (
    <p className="actions">
      {again && (
        <button className="button primary" type="button" onClick={again}>
          {problem.again}
        </button>
      )}
      <Link className="button" href={paths.sites()}>
        {nav.sites}
      </Link>
    </p>
  );
}

/** A page that broke while it was drawn. */
export function Broken({ again }: { again: () => void }) {
  const { broken } = useWords();
  return (
    <main className="page">
      <div className="lonely" role="alert">
        <span className="seal">
          <Icon name="warning" size={26} />
        </span>
        <h1>{broken.title}</h1>
        <p>{broken.lead}</p>
        <WaysOn again={again} />
      </div>
    </main>
  );
}

/** Nothing to show: what is missing, and the way to it. */
export function Empty({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name="none" size={22} />
      <h2>{title}</h2>
      <p>{lead}</p>
      {children && <p className="actions">{children}</p>}
    </div>
  );
}

/** Rows to come, at the first visit only, and only where it takes longer than a moment. */
export function Loading() {
  const { loading } = useWords();
  return (
    <output className="loading">
      <span className="spoken">{loading}</span>
      {[1, 2, 3, 4].map((row) => (
        <i key={row} />
      ))}
    </output>
  );
}

interface Question<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

/** Rows to come, the trouble, or the answer. What was answered once stays while it is asked again. */
export function Answered<T>({ by, children }: { by: Question<T>; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = by;
  if (data !== undefined) return <>{children(data)}</>;
  return error ? <Trouble error={error} again={() => void refetch()} /> : <Loading />;
}
