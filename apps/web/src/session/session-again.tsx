import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer, api } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import { useWords } from '../words/words.tsx';
import { SessionForm } from './session-form.tsx';

/** The session has ended while a page was open: it is opened again over the page, on which every word stays. */
export function SessionAgain() {
  const { session } = useWords();
  const queries = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const own = dialog.current;
    own?.showModal();
    return () => own?.close();
  }, []);
  const onOpen = async (): Promise<void> => {
    const before = queries.getQueryData<Session>(['session'])?.id;
    const now = await answer(api.GET('/v1/session', {}));
    queries.setQueryData(['session'], now);
    // Who is another may not see what the one before saw.
    if (before !== undefined && before !== now.id) await queries.resetQueries();
    else await queries.invalidateQueries();
  };
  return (
    <dialog
      ref={dialog}
      className="again"
      aria-labelledby="again-title"
      // Escape would leave a page that can do nothing.
      onCancel={(event) => event.preventDefault()}
    >
      <div className="lonely">
        <h2 id="again-title">{session.ended}</h2>
        <p>{session.endedLead}</p>
        <SessionForm onOpen={() => void onOpen()} />
      </div>
    </dialog>
  );
}
