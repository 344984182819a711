import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId } from 'react';
import { answer, api } from '../api/client.ts';
import { useSession } from '../api/queries.ts';
import { TopBar } from '../ui/top-bar.tsx';
import { useWords } from '../words/words.tsx';

/** A user's own password; a first one needs no present one. */
export function AccountPage() {
  const words = useWords();
  const { account } = words;
  const field = useId();
  const { data: session } = useSession();
  useEffect(() => {
    document.title = `${words.account.title} · ${words.product}`;
  }, [words]);
  const set = useMutation({
    mutationFn: (body: { present: string | null; next: string }) =>
      answer(api.PUT('/v1/session/password', { body })),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [present, next] = [form.get('present'), form.get('next')];
    if (typeof next !== 'string') return;
    set.mutate({ present: typeof present === 'string' && present !== '' ? present : null, next });
  }
  return (
    <>
      <TopBar site={session?.name ?? ''} findings={0} live={null} />
      <main id="main" className="page" tabIndex={-1}>
        <div className="title-bar">
          <h1>{account.title}</h1>
        </div>
        <form className="stack" onSubmit={submit}>
          <div className="field">
            <label htmlFor={`${field}-present`}>{account.present}</label>
            <input id={`${field}-present`} name="present" type="password" autoComplete="current-password" />
          </div>
          <div className="field">
            <label htmlFor={`${field}-next`}>{account.next}</label>
            <input
              id={`${field}-next`}
              name="next"
              type="password"
              autoComplete="new-password"
              minLength={12}
              required
            />
          </div>
          <button className="button primary" type="submit" disabled={set.isPending}>
            {account.set}
          </button>
          {set.error && <p role="alert">{set.error.message}</p>}
          {set.isSuccess && <output>{account.done}</output>}
        </form>
      </main>
    </>
  );
}
