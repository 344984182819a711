import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type InputHTMLAttributes, useId } from 'react';
import { answer, api } from '../api/client.ts';
import type { Site } from '../api/types.ts';
import { Refusal } from '../ui/refusal.tsx';
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
  const field = useId();
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
  const input = (name: string, label: string, rest: InputHTMLAttributes<HTMLInputElement>) => (
    <div className="field">
      <label htmlFor={`${field}-${name}`}>{label}</label>
      <input id={`${field}-${name}`} name={name} autoComplete="off" disabled={!mayChange} {...rest} />
    </div>
  );
  const text = (name: (typeof TEXTS)[number], rest: InputHTMLAttributes<HTMLInputElement> = {}) =>
    input(name, words[name], { defaultValue: site[name] ?? '', ...rest });
  return (
    <form className={style.card} onSubmit={submit} onChange={() => save.isSuccess && save.reset()}>
      <h2>{words.installation}</h2>
      {input('name', words.name, { defaultValue: site.name, required: true, maxLength: 100 })}
      <div className={style.pair}>
        {text('version', { placeholder: '12.6(1)' })}
        {text('esLevel', { placeholder: 'ES6' })}
      </div>
      {text('externalUrl', { type: 'url', placeholder: 'https://ece.contoso.com' })}
      <div className="field">
        <label htmlFor={`${field}-protocol`}>{words.protocol}</label>
        <select
          id={`${field}-protocol`}
          name="inboundProtocol"
          defaultValue={site.inboundProtocol}
          disabled={!mayChange}
        >
          {PROTOCOLS.map((each) => (
            <option key={each} value={each}>
              {words.protocols[each]}
            </option>
          ))}
        </select>
      </div>
      <h2 id="application">{words.application}</h2>
      {text('tenant', { placeholder: 'contoso.com' })}
      {text('clientId')}
      {text('redirectUri')}
      <h2>{words.schedule}</h2>
      {input('everySeconds', words.every, {
        type: 'number',
        min: 10,
        max: 86_400,
        required: true,
        defaultValue: site.everySeconds,
      })}
      {input('mailboxEverySeconds', words.mailboxEvery, {
        type: 'number',
        min: 60,
        max: 86_400,
        defaultValue: site.mailboxEverySeconds ?? '',
      })}
      <Refusal error={save.error} />
      {mayChange && (
        <p className={style.save}>
          <button className="button primary" type="submit" disabled={save.isPending}>
            {words.save}
          </button>
          <output>{save.isSuccess ? words.saved : ''}</output>
        </p>
      )}
    </form>
  );
}
