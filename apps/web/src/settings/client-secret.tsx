import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef } from 'react';
import { answer, api, done } from '../api/client.ts';
import { Refusal } from '../ui/refusal.tsx';
import { useWords } from '../words/words.tsx';
import { KeptCredential } from './kept-credential.tsx';
import style from './settings-page.module.css';

/** The secret goes in and never comes out again. */
export function ClientSecret({ siteId }: { siteId: string }) {
  const { settings: words } = useWords();
  const field = useId();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const params = { path: { siteId } };
  const queryKey = ['client-secret', siteId];
  const set = useMutation({
    mutationFn: (body: { secret: string; expiresOn: string | null }) =>
      done(api.PUT('/v1/sites/{siteId}/client-secret', { params, body })),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [secret, day] = [given.get('secret'), given.get('expiresOn')];
    if (typeof secret !== 'string') return;
    set.mutate({ secret, expiresOn: typeof day === 'string' && day !== '' ? day : null });
  }
  return (
    <form ref={form} className={style.card} onSubmit={submit} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{words.secret}</h2>
      <p className="lead">{words.secretLead}</p>
      <KeptCredential
        queryKey={queryKey}
        read={() => answer(api.GET('/v1/sites/{siteId}/client-secret', { params }))}
        forget={() => done(api.DELETE('/v1/sites/{siteId}/client-secret', { params }))}
        tell={({ setAt, expiresOn }) => words.secretNow(setAt.slice(0, 10), expiresOn)}
        of={words.secret}
      />
      <div className="field">
        <label htmlFor={`${field}-secret`}>{words.secretValue}</label>
        <input
          id={`${field}-secret`}
          name="secret"
          type="password"
          autoComplete="off"
          minLength={8}
          required
        />
      </div>
      <div className="field">
        <label htmlFor={`${field}-day`}>{words.secretDay}</label>
        <input id={`${field}-day`} name="expiresOn" type="date" />
      </div>
      <Refusal error={set.error} />
      <p className={style.save}>
        <button className="button" type="submit" disabled={set.isPending}>
          {words.secretSet}
        </button>
        <output>{set.isSuccess ? words.saved : ''}</output>
      </p>
    </form>
  );
}
