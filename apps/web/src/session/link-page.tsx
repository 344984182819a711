import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../paths.ts';
import { Wordmark } from '../ui/wordmark.tsx';
import { useWords } from '../words/words.tsx';
import { openSession } from './open-session.ts';

/** Where a sign-in link leads: its code stands behind #, is used once, and does not stay in the address. */
export function LinkPage({ onOpen }: { onOpen: () => void }) {
  const { session, product } = useWords();
  const [, go] = useLocation();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [code] = useState(() => location.hash.slice(1));
  useEffect(() => {
    history.replaceState(null, '', location.pathname);
  }, []);
  async function open(): Promise<void> {
    const refused = await openSession({ link: code });
    setRefusal(refused);
    if (refused !== null) return;
    onOpen();
    go(paths.home(), { replace: true });
  }
  return (
    <main className="lonely">
      <Wordmark name={product} />
      <h1>{session.title}</h1>
      <p role={refusal === null ? undefined : 'alert'}>{refusal ?? session.leadLink}</p>
      {refusal === null && (
        <button className="button primary" type="button" onClick={() => void open()}>
          {session.open}
        </button>
      )}
    </main>
  );
}
