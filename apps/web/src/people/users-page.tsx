import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { Role, User } from '../api/types.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './users-page.module.css';

const ROLES: readonly Role[] = ['viewer', 'operator', 'administrator'];

/** Who may look and act, everywhere or at single sites. */
export function UsersPage() {
  const words = useWords();
  const asked = useQuery({
    queryKey: ['users'],
    queryFn: () => answer(api.GET('/v1/users', { params: { query: { limit: 500 } } })),
  });
  return (
    <InstallationShell title={words.people.title} lead={words.people.lead}>
      <Answered by={asked}>
        {({ items }) => (
          <>
            <ul className={style.users}>
              {items.map((user) => (
                <UserRow key={user.id} user={user} />
              ))}
            </ul>
            <NewUser />
          </>
        )}
      </Answered>
    </InstallationShell>
  );
}

function UserRow({ user: { id, name, role, sites, hasPassword, openId } }: { user: User }) {
  const { people: words } = useWords();
  const queries = useQueryClient();
  const [link, setLink] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['users'] });
  const params = { path: { userId: id } };
  const change = useMutation({
    mutationFn: (next: Role | null) =>
      answer(api.PATCH('/v1/users/{userId}', { params, body: { role: next } })),
    onSuccess: refresh,
  });
  const make = useMutation({
    mutationFn: () => answer(api.POST('/v1/users/{userId}/links', { params })),
    onSuccess: ({ path }) => setLink(`${location.origin}${path}`),
  });
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/v1/users/{userId}', { params })),
    onSuccess: refresh,
  });
  const refused = change.error ?? make.error ?? end.error;
  return (
    <li className={style.user}>
      <h2>{name}</h2>
      <p>{openId ? words.byOpenId : hasPassword ? words.hasPassword : words.noPassword}</p>
      {openId ? (
        <p>{role === null ? words.singleSites(sites.length) : words.role[role]}</p>
      ) : (
        <>
          <label>
            <span className="spoken">{words.roleOf(name)}</span>
            <select
              value={role ?? ''}
              onChange={({ target }) => change.mutate(target.value === '' ? null : (target.value as Role))}
            >
              <option value="">{words.singleSites(sites.length)}</option>
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {words.role[each]}
                </option>
              ))}
            </select>
          </label>
          <button className="button" type="button" onClick={() => make.mutate()}>
            {words.link} <span className="spoken">{name}</span>
          </button>
        </>
      )}
      <SureButton
        label={words.end}
        of={name}
        ask={words.endSure}
        busy={end.isPending}
        onSure={() => end.mutate()}
      />
      {link !== null && (
        <p className={style.link}>
          <span>{words.linkOnce}</span>
          <code>{link}</code>
          <CopyButton text={link} label={words.link} />
        </p>
      )}
      <Refusal error={refused} />
    </li>
  );
}

function NewUser() {
  const { people: words } = useWords();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (wanted: { name: string; role: Role }) =>
      answer(api.POST('/v1/users', { body: { ...wanted, sites: [] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, role] = [form.get('name'), form.get('role')];
    if (typeof name === 'string' && typeof role === 'string') create.mutate({ name, role: role as Role });
  }
  return (
    <FormFields form="createUser" error={create.error}>
      <form className={style.form} onSubmit={submit}>
        <Field name="name">{(given) => <input {...given} required autoComplete="off" />}</Field>
        <Field name="role">
          {(given) => (
            <select {...given}>
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {words.role[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="button primary" type="submit" disabled={create.isPending}>
          {words.add}
        </button>
        <FormRefusal />
      </form>
    </FormFields>
  );
}
