import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef } from 'react';
import { answer, api, done } from '../api/client.ts';
import { Refusal } from '../ui/refusal.tsx';
import { useWords } from '../words/words.tsx';
import { KeptCredential } from './kept-credential.tsx';
import style from './settings-page.module.css';

/** Certificate and key go in; the key never comes out again. */
export function ClientCertificate({ siteId }: { siteId: string }) {
  const { settings: words } = useWords();
  const field = useId();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const params = { path: { siteId } };
  const queryKey = ['client-certificate', siteId];
  const set = useMutation({
    mutationFn: (body: { certificate: string; privateKey: string }) =>
      answer(api.PUT('/v1/sites/{siteId}/client-certificate', { params, body })),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [certificate, privateKey] = [given.get('certificate'), given.get('privateKey')];
    if (typeof certificate === 'string' && typeof privateKey === 'string')
      set.mutate({ certificate, privateKey });
  }
  const text = (name: string, label: string) => (
    <div className="field">
      <label htmlFor={`${field}-${name}`}>{label}</label>
      <textarea id={`${field}-${name}`} name={name} rows={3} autoComplete="off" spellCheck={false} required />
    </div>
  );
  return (
    <form ref={form} className={style.card} onSubmit={submit} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{words.certificate}</h2>
      <p className="lead">{words.certificateLead}</p>
      <KeptCredential
        queryKey={queryKey}
        read={() => answer(api.GET('/v1/sites/{siteId}/client-certificate', { params }))}
        forget={() => done(api.DELETE('/v1/sites/{siteId}/client-certificate', { params }))}
        tell={({ thumbprint, expiresAt }) => words.certificateNow(thumbprint, expiresAt.slice(0, 10))}
        of={words.certificate}
      />
      {text('certificate', words.certificatePem)}
      {text('privateKey', words.certificateKey)}
      <Refusal error={set.error} />
      <p className={style.save}>
        <button className="button" type="submit" disabled={set.isPending}>
          {words.certificateSet}
        </button>
        <output>{set.isSuccess ? words.saved : ''}</output>
      </p>
    </form>
  );
}
