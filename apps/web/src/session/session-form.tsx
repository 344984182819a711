import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { answer, api } from '../api/client.ts';
import { paths } from '../paths.ts';
import { useWords } from '../words/words.tsx';
import { openSession } from './open-session.ts';

/** Signs a browser in: by name and password, with the key of a program, or at the organisation's provider. */
export function SessionForm({ onOpen }: { onOpen: () => void }) {
  const { session, problem } = useWords();
  const [byKey, setByKey] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useId();
  const offer = useQuery({
    queryKey: ['sign-in-offer'],
    queryFn: () => answer(api.GET('/v1/session/offer', {})),
    staleTime: Infinity,
  });
  async function open(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const refused = await openSession(
      byKey ? { key: form.get('key') } : { name: form.get('name'), password: form.get('password') },
    ).catch(() => problem.title);
    setRefusal(refused);
    if (refused === null) onOpen();
  }
  const input = (name: string, label: string, type: string, autoComplete: string) => (
    <>
      <label htmlFor={`${field}-${name}`}>{label}</label>
      <input
        key={name}
        id={`${field}-${name}`}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        aria-invalid={refusal !== null}
        aria-describedby={`${field}-hint`}
      />
    </>
  );
  return (
    <>
      {offer.data?.openId === true && (
        <a className="button" href={paths.openId(`${location.pathname}${location.search}`)}>
          {session.openId}
        </a>
      )}
      <p>{byKey ? session.leadKey : session.lead}</p>
      <form onSubmit={(event) => void open(event)}>
        {byKey ? (
          input('key', session.key, 'password', 'off')
        ) : (
          <>
            {input('name', session.name, 'text', 'username')}
            {input('password', session.password, 'password', 'current-password')}
          </>
        )}
        <p id={`${field}-hint`} className="hint" role={refusal === null ? undefined : 'alert'}>
          {refusal ?? (byKey ? session.hintKey : session.hint)}
        </p>
        <button className="button primary" type="submit">
          {session.open}
        </button>
      </form>
      <button className="button quiet" type="button" onClick={() => setByKey(!byKey)}>
        {byKey ? session.useName : session.useKey}
      </button>
    </>
  );
}
