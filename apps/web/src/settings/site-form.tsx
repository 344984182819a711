import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, InputHTMLAttributes } from 'react';
import { answer, api } from '../api/client.ts';
import type { Site } from '../api/types.ts';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import style from './settings-page.module.css';

const PROTOCOLS = ['imap', 'pop3', 'undecided'] as const;
const TEXTS = ['version', 'esLevel', 'externalUrl', 'tenant', 'clientId', 'redirectUri'] as const;

/** What a form gives as a change: an empty field is one that is not known. */
function changeOf(form: FormData) {
  const text = (name: string): string | null => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const number = (name: string): number | null => (text(name) === null ? null : Number(text(name)));
  const everySeconds = number('everySeconds');
  const name = text('name');
  return {
    ...Object.fromEntries(TEXTS.map((each) => [each, text(each)])),
    ...(name !== null && { name }),
    ...(everySeconds !== null && { everySeconds }),
    inboundProtocol: PROTOCOLS.find((each) => each === form.get('inboundProtocol')) ?? 'undecided',
    mailboxEverySeconds: number('mailboxEverySeconds'),
  };
}

/** Its fields keep what is typed in them: a site that is read again does not fill them again. */
export function SiteForm({ site, mayChange }: { site: Site; mayChange: boolean }) {
  const { settings: words } = useWords();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (body: ReturnType<typeof changeOf>) =>
      answer(api.PATCH('/v1/sites/{siteId}', { params: { path: { siteId: site.id } }, body })),
    onSuccess: async (saved) => {
      queries.setQueryData(['site', site.id], saved);
      await queries.invalidateQueries({ queryKey: ['settings', site.id] });
      await queries.invalidateQueries({ queryKey: ['sites'] });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    save.mutate(changeOf(new FormData(event.currentTarget)));
  }
  const input = (name: string, rest: InputHTMLAttributes<HTMLInputElement>) => (
    <Field name={name}>
      {(given) => <input {...given} autoComplete="off" disabled={!mayChange} {...rest} />}
    </Field>
  );
  const text = (name: (typeof TEXTS)[number], rest: InputHTMLAttributes<HTMLInputElement> = {}) =>
    input(name, { defaultValue: site[name] ?? '', ...rest });
  return (
    <FormFields form="changeSite" error={save.error}>
      <form className={style.card} onSubmit={submit} onChange={() => save.isSuccess && save.reset()}>
        <h2>{words.installation}</h2>
        {input('name', { defaultValue: site.name, required: true, maxLength: 100 })}
        <div className={style.pair}>
          {text('version', { placeholder: '12.6(1)' })}
          {text('esLevel', { placeholder: 'ES6' })}
        </div>
        {text('externalUrl', { type: 'url', placeholder: 'https://ece.contoso.com' })}
        <Field name="inboundProtocol">
          {(given) => (
            <select {...given} defaultValue={site.inboundProtocol} disabled={!mayChange}>
              {PROTOCOLS.map((each) => (
                <option key={each} value={each}>
                  {words.protocols[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <h2 id="application">{words.application}</h2>
        {text('tenant', { placeholder: 'contoso.com' })}
        {text('clientId')}
        {text('redirectUri')}
        <h2>{words.schedule}</h2>
        {input('everySeconds', {
          type: 'number',
          min: 10,
          max: 86_400,
          required: true,
          defaultValue: site.everySeconds,
        })}
        {input('mailboxEverySeconds', {
          type: 'number',
          min: 60,
          max: 86_400,
          defaultValue: site.mailboxEverySeconds ?? '',
        })}
        <FormRefusal />
        {mayChange && (
          <p className={style.save}>
            <button className="button primary" type="submit" disabled={save.isPending}>
              {words.save}
            </button>
            <output>{save.isSuccess ? words.saved : ''}</output>
          </p>
        )}
      </form>
    </FormFields>
  );
}
