import { Refused } from '../api/client.ts';
import { useWords } from '../words/words.tsx';

interface Props {
  error: Error | null;
  again: () => void;
}

/** What went wrong, in the API's own words where it has some, and a way on. */
export function Trouble({ error, again }: Props) {
  const { problem } = useWords();
  const refused = error instanceof Refused ? error : null;
  const title = !refused
    ? problem.title
    : refused.status === 403
      ? problem.forbidden
      : refused.status === 404
        ? problem.missing
        : problem.title;
  return (
    <div className="lonely" role="alert">
      <h1>{title}</h1>
      <p>{refused?.message ?? problem.lead}</p>
      <button className="button" type="button" onClick={again}>
        {problem.again}
      </button>
    </div>
  );
}

/** Nothing to show: what is missing, and the way to it. */
export function Empty({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children?: React.ReactNode;
}) {
  return (
    <div className="lonely">
      <h2>{title}</h2>
      <p>{lead}</p>
      {children}
    </div>
  );
}
