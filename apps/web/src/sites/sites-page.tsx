import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId } from 'react';
import { Link, useLocation } from 'wouter';
import { answer, api } from '../api/client.ts';
import { useSession, useVerdict } from '../api/queries.ts';
import type { Site } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Icon } from '../ui/icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { useWords } from '../words/words.tsx';
import style from './sites-page.module.css';

const ICON = { safe: 'pass', watch: 'warning', unsafe: 'error', unknown: 'none' } as const;

/** All sites that the reader may see, each with its verdict. */
export function SitesPage({ sites }: { sites: readonly Site[] }) {
  const words = useWords();
  const { data: session } = useSession();
  useEffect(() => {
    document.title = `${words.nav.sites} · ${words.product}`;
  }, [words]);
  return (
    <>
      <TopBar site="" findings={0} live={null} />
      <main id="main" className="page" tabIndex={-1}>
        <div className="title-bar">
          <h1>{words.nav.sites}</h1>
        </div>
        {sites.length === 0 && <p className="lead">{words.sites.none}</p>}
        <ul className={style.sites}>
          {sites.map((site) => (
            <SiteRow key={site.id} site={site} />
          ))}
        </ul>
        {session?.role === 'administrator' && <NewSite />}
      </main>
    </>
  );
}

function SiteRow({ site: { id, name } }: { site: Site }) {
  const words = useWords();
  const { data } = useVerdict(id, false);
  const verdict = data?.verdict ?? 'unknown';
  return (
    <li className={style.site} data-state={verdict}>
      <span className={style.seal}>
        <Icon name={ICON[verdict]} size={22} />
      </span>
      <div>
        <h2>
          <Link href={paths.comparison(id)}>{name}</Link>
        </h2>
        <p>
          {words.sites.verdict[verdict]}
          {data?.worst && ` · ${words.findings.owner[data.worst.owner]}`}
        </p>
        {data?.worst && <p className={style.worst}>{data.worst.summary}</p>}
        {data?.since && (
          <p className={style.since}>
            {words.verdict.since} <Moment at={data.since} />
          </p>
        )}
      </div>
    </li>
  );
}

function NewSite() {
  const { sites: words } = useWords();
  const field = useId();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const create = useMutation({
    mutationFn: (name: string) => answer(api.POST('/v1/sites', { body: { name } })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['sites'] });
      go(paths.setUp(id));
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name === 'string') create.mutate(name);
  }
  return (
    <form className={style.form} onSubmit={submit}>
      <div className="field">
        <label htmlFor={field}>{words.add}</label>
        <input id={field} name="name" required autoComplete="off" placeholder={words.example} />
      </div>
      <button className="button primary" type="submit" disabled={create.isPending}>
        {words.create}
      </button>
      {create.error && <p role="alert">{create.error.message}</p>}
    </form>
  );
}
