import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { answer, api, done } from '../api/client.ts';
import type { ApiKey, Role } from '../api/types.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './users-page.module.css';

const ROLES: readonly Role[] = ['viewer', 'operator', 'administrator'];

/** Keys of programs: what each may do, when it was used last, and a new one, shown once. */
export function KeysPage() {
  const words = useWords();
  const asked = useQuery({
    queryKey: ['api-keys'],
    queryFn: () => answer(api.GET('/v1/api-keys', { params: { query: { limit: 500 } } })),
  });
  return (
    <InstallationShell title={words.keys.title} lead={words.keys.lead}>
      <Answered by={asked}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="lead">{words.keys.none}</p>}
            <ul className={style.users}>
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
            <NewKey />
          </>
        )}
      </Answered>
    </InstallationShell>
  );
}

function KeyRow({ apiKey: { id, name, role, lastUsedAt, expiresAt, revokedAt } }: { apiKey: ApiKey }) {
  const words = useWords();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => done(api.DELETE('/v1/api-keys/{keyId}', { params: { path: { keyId: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  return (
    <li className={style.user}>
      <h2>{name}</h2>
      <p>
        {words.people.role[role]} ·{' '}
        {lastUsedAt ? (
          <>
            {words.keys.used} <Moment at={lastUsedAt} />
          </>
        ) : (
          words.keys.never
        )}
        {expiresAt && (
          <>
            {' '}
            · {words.keys.ends} <Moment at={expiresAt} aged={false} />
          </>
        )}
      </p>
      {revokedAt ? (
        <p>{words.keys.revoked}</p>
      ) : (
        <SureButton
          label={words.keys.revoke}
          of={name}
          ask={words.keys.revokeSure}
          busy={revoke.isPending}
          onSure={() => revoke.mutate()}
        />
      )}
      <Refusal error={revoke.error} />
    </li>
  );
}

function NewKey() {
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (body: { name: string; role: Role }) => answer(api.POST('/v1/api-keys', { body })),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey: ['api-keys'] });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const name = given.get('name');
    const role = ROLES.find((each) => each === given.get('role'));
    if (typeof name === 'string' && role) make.mutate({ name, role });
  }
  return (
    <FormFields form="createApiKey" error={make.error}>
      <form ref={form} className={style.form} onSubmit={submit}>
        <Field name="name">
          {(given) => <input {...given} required maxLength={100} autoComplete="off" />}
        </Field>
        <Field name="role">
          {(given) => (
            <select {...given}>
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {words.people.role[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="button primary" type="submit" disabled={make.isPending}>
          {words.keys.make}
        </button>
        <FormRefusal />
        {make.data && (
          <p className={style.link}>
            <span>{words.keys.once}</span>
            <code>{make.data.key}</code>
            <CopyButton text={make.data.key} label={words.keys.copy} />
          </p>
        )}
      </form>
    </FormFields>
  );
}
