import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { api, done } from '../api/client.ts';
import { useSession } from '../api/queries.ts';
import type { Session } from '../api/types.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import style from './account-page.module.css';
import { OWN_SESSIONS, OwnSessions } from './own-sessions.tsx';

/** Who is signed in: their own password, and where else they are signed in. */
export function AccountPage() {
  const words = useWords();
  const { data: session } = useSession();
  return (
    <InstallationShell
      title={words.account.title}
      heading={session?.name ?? words.account.title}
      lead={session && roleIn(words, session)}
    >
      <div className={style.account}>
        <OwnSessions />
        {session?.kind === 'user' && !session.openId && <Password />}
      </div>
    </InstallationShell>
  );
}

const roleIn = ({ people }: Words, { kind, role, sites }: Session): string =>
  [
    kind === 'api-key' ? people.byKey : null,
    role === null ? people.singleSites(sites.length) : people.role[role],
  ]
    .filter((each) => each !== null)
    .join(' · ');

/** A first password needs no present one. */
function Password() {
  const { account } = useWords();
  const field = useId();
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (body: { present: string | null; next: string }) =>
      done(api.PUT('/v1/session/password', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: OWN_SESSIONS }),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [present, next] = [form.get('present'), form.get('next')];
    if (typeof next !== 'string') return;
    set.mutate({ present: typeof present === 'string' && present !== '' ? present : null, next });
  }
  return (
    <FormFields form="changePassword" error={set.error}>
      <form className={style.card} onSubmit={submit} aria-labelledby={`${field}-title`}>
        <h2 id={`${field}-title`}>{account.password}</h2>
        <Field name="present">
          {(given) => <input {...given} type="password" autoComplete="current-password" />}
        </Field>
        <Field name="next">
          {(given) => (
            <input {...given} type="password" autoComplete="new-password" minLength={12} required />
          )}
        </Field>
        <button className="button primary" type="submit" disabled={set.isPending}>
          {account.set}
        </button>
        <FormRefusal />
        {set.isSuccess && <output>{account.done}</output>}
      </form>
    </FormFields>
  );
}
