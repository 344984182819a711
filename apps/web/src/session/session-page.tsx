import { Wordmark } from '../ui/wordmark.tsx';
import { useWords } from '../words/words.tsx';
import { SessionForm } from './session-form.tsx';

/** For who comes without a session. */
export function SessionPage({ onOpen }: { onOpen: () => void }) {
  const { session, product } = useWords();
  return (
    <main className="lonely">
      <Wordmark name={product} />
      <h1>{session.title}</h1>
      <SessionForm onOpen={onOpen} />
    </main>
  );
}
