import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { answer, api } from '../api/client.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { StateIcon } from '../ui/dot.tsx';
import { Field, FieldNote, FormFields, FormRefusal } from '../ui/field.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { secondsSince, useNow } from '../ui/use-now.ts';
import { useWords } from '../words/words.tsx';
import style from './servers-page.module.css';

const ROLES = ['services', 'application'] as const;
type Role = (typeof ROLES)[number];
const PLATFORMS = ['windows', 'linux'] as const;

/** Name and roles, then the code with its command; the page waits until the agent appears. */
export function AddServerPage({ siteId }: { siteId: string }) {
  const words = useWords();
  const add = useMutation({
    mutationFn: async ({ name, roles }: { name: string; roles: Role[] }) => {
      const server = await answer(
        api.POST('/v1/sites/{siteId}/servers', { params: { path: { siteId } }, body: { name, roles } }),
      );
      const path = { siteId, serverId: server.id };
      const code = await answer(
        api.POST('/v1/sites/{siteId}/servers/{serverId}/enrolment-codes', { params: { path } }),
      );
      return { server, code };
    },
  });
  return (
    <SiteShell siteId={siteId} place="servers" title={words.servers.add}>
      {() => (
        <>
          <div className="title-bar">
            <h1>{words.servers.add}</h1>
          </div>
          {add.data ? (
            <Enrol siteId={siteId} serverId={add.data.server.id} code={add.data.code} />
          ) : (
            <NameForm onAdd={(wanted) => add.mutate(wanted)} error={add.error} busy={add.isPending} />
          )}
        </>
      )}
    </SiteShell>
  );
}

interface FormProps {
  onAdd: (wanted: { name: string; roles: Role[] }) => void;
  error: Error | null;
  busy: boolean;
}

function NameForm({ onAdd, error, busy }: FormProps) {
  const { servers: words } = useWords();
  const [refused, setRefused] = useState('');
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const roles = ROLES.filter((role) => form.get(role) !== null);
    setRefused(roles.length === 0 ? words.oneRole : '');
    const name = form.get('name');
    if (roles.length > 0) onAdd({ name: typeof name === 'string' ? name : '', roles });
  }
  return (
    <FormFields form="createServer" error={error}>
      <form className={style.form} onSubmit={submit}>
        <Field name="name">
          {(given) => <input {...given} required autoComplete="off" placeholder="svc01" />}
        </Field>
        <fieldset>
          <legend>{words.roles}</legend>
          {ROLES.map((role) => (
            <label key={role}>
              <input type="checkbox" name={role} /> {words.role[role]}
            </label>
          ))}
          <FieldNote name="roles" />
        </fieldset>
        {refused !== '' && <p role="alert">{refused}</p>}
        <FormRefusal />
        <button className="button primary" type="submit" disabled={busy}>
          {words.makeCode}
        </button>
      </form>
    </FormFields>
  );
}

interface EnrolProps {
  siteId: string;
  serverId: string;
  code: {
    commands: Record<(typeof PLATFORMS)[number], string>;
    downloads: Record<(typeof PLATFORMS)[number], string | null>;
    expiresAt: string;
  };
}

function Enrol({ siteId, serverId, code: { commands, downloads, expiresAt } }: EnrolProps) {
  const words = useWords();
  const now = useNow();
  const minutes = Math.max(0, Math.round(-secondsSince(expiresAt, now) / 60));
  const { data } = useQuery({
    queryKey: ['servers', siteId, serverId],
    queryFn: () =>
      answer(api.GET('/v1/sites/{siteId}/servers/{serverId}', { params: { path: { siteId, serverId } } })),
    refetchInterval: 2_000,
  });
  const there = data?.agent?.state === 'connected';
  return (
    <div className={style.form}>
      {PLATFORMS.map((platform) => (
        <div key={platform}>
          <h2>{words.servers.platform[platform]}</h2>
          <p>{downloads[platform] === null ? words.servers.byHand : words.servers.runThere}</p>
          <div className={style.command}>
            <code>{commands[platform]}</code>
            <CopyButton text={commands[platform]} label={words.servers.platform[platform]} />
          </div>
          {downloads[platform] !== null && (
            <a href={downloads[platform]} download>
              {words.servers.download(downloads[platform].split('/').at(-1) ?? '')}
            </a>
          )}
        </div>
      ))}
      <p>{words.servers.codeHolds(minutes)}</p>
      <output className={style.waits}>
        <StateIcon state={there ? 'pass' : 'none'} size={18} />
        {there ? words.servers.arrived(data.name) : words.servers.waiting}
      </output>
      {there && (
        <Link className="button primary" href={paths.comparison(siteId)}>
          {words.nav.comparison}
        </Link>
      )}
    </div>
  );
}
