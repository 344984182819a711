import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { AuthorizeUrlReading } from '../api/types.ts';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import style from './settings-page.module.css';
import { Verdicts } from './verdicts.tsx';

interface Props {
  siteId: string;
  mayChange: boolean;
  onTaken: () => void;
}

/** The address of Microsoft's sign-in page, taken apart, and taken over where that is wanted. */
export function PasteUrl({ siteId, mayChange, onTaken }: Props) {
  const { words, language } = useSpeech();
  const { settings } = words;
  const queries = useQueryClient();
  const field = useId();
  const [url, setUrl] = useState('');
  const read = useMutation({
    mutationFn: (apply: boolean) =>
      answer(
        api.POST('/v1/sites/{siteId}/authorize-url', {
          params: { path: { siteId }, header: { 'Accept-Language': language } },
          body: { url: url.trim(), apply },
        }),
      ),
    onSuccess: async ({ applied }) => {
      if (!applied) return;
      await queries.invalidateQueries({ queryKey: ['site', siteId] });
      onTaken();
      await queries.invalidateQueries({ queryKey: ['settings', siteId] });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    read.mutate(false);
  }
  return (
    <section className={style.card} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{settings.paste}</h2>
      <p className="lead">{settings.pasteLead}</p>
      <FormFields form="readAuthorizeUrl" error={read.error}>
        <form className={style.paste} onSubmit={submit}>
          <Field name="url">
            {(given) => (
              <textarea
                {...given}
                rows={3}
                required
                value={url}
                spellCheck={false}
                placeholder="https://login.microsoftonline.com/…/oauth2/v2.0/authorize?client_id=…"
                onChange={({ target }) => setUrl(target.value)}
              />
            )}
          </Field>
          <button className="button" type="submit" disabled={read.isPending}>
            {settings.takeApart}
          </button>
        </form>
        <FormRefusal />
      </FormFields>
      {read.data && <Reading reading={read.data} />}
      {read.data && !read.data.applied && mayChange && (
        <button
          className={`button primary ${style.over}`}
          type="button"
          disabled={read.isPending}
          onClick={() => read.mutate(true)}
        >
          {settings.takeOver}
        </button>
      )}
      {read.data?.applied && <output>{settings.takenOver}</output>}
    </section>
  );
}

function Reading({ reading: { parts, verdicts } }: { reading: AuthorizeUrlReading }) {
  const { settings } = useWords();
  const shown: [string, string | null][] = [
    [settings.host, parts.host],
    [settings.tenant, parts.tenant],
    [settings.clientId, parts.clientId],
    [settings.redirectUri, parts.redirectUri],
    [settings.scopes, parts.scopes.join(' ')],
  ];
  return (
    <>
      <dl className={style.parts}>
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || '–'}</dd>
          </div>
        ))}
      </dl>
      <Verdicts verdicts={verdicts} />
    </>
  );
}
