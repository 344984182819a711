import { Refused } from '../api/client.ts';
import { useWords } from '../words/words.tsx';

/** Why something was not done: the API's own words, or that it did not answer. Nothing while all is well. */
export function Refusal({ error }: { error: Error | null }) {
  const { problem } = useWords();
  if (!error) return null;
  return <p role="alert">{error instanceof Refused ? error.message : problem.notSent}</p>;
}
