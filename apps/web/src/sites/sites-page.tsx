import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { answer, api } from '../api/client.ts';
import { SITES_KEY } from '../api/query-client.ts';
import { useSession, useSiteSummaries } from '../api/queries.ts';
import type { ListedSite, Verdict } from '../api/types.ts';
import { paths } from '../paths.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { secondsSince, useNow } from '../ui/use-now.ts';
import { useWords } from '../words/words.tsx';
import style from './sites-page.module.css';

const ICON = { safe: 'pass', watch: 'warning', unsafe: 'error', unknown: 'none' } as const;

/** All sites that the reader may see: where mail is not safe, who must act, and since when. */
export function SitesPage() {
  const words = useWords();
  const { data: session } = useSession();
  const sites = useSiteSummaries();
  return (
    <InstallationShell title={words.nav.sites}>
      <Answered by={sites}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.sites.none} lead={words.sites.noneLead} />
          ) : (
            <ul className={style.sites}>
              {items.toSorted(worstFirst).map((site) => (
                <SiteRow key={site.id} site={site} />
              ))}
            </ul>
          )
        }
      </Answered>
      {session?.role === 'administrator' && <NewSite />}
    </InstallationShell>
  );
}

const RANK: Record<Verdict['verdict'], number> = { unsafe: 0, watch: 1, unknown: 2, safe: 3 };
const worstFirst = (a: ListedSite, b: ListedSite): number =>
  RANK[a.verdict ?? 'unknown'] - RANK[b.verdict ?? 'unknown'] ||
  a.name.localeCompare(b.name, undefined, { numeric: true });

function SiteRow({ site }: { site: ListedSite }) {
  const words = useWords();
  const {
    id,
    name,
    verdict = 'unknown',
    worst,
    since,
    newestAt,
    bad = 0,
    servers = 0,
    silentServers = 0,
  } = site;
  const headline = {
    safe: () => words.sites.verdict.safe,
    unknown: () => words.sites.verdict.unknown,
    watch: () => words.verdict.watch(bad, servers),
    unsafe: () => words.verdict.unsafe(bad, servers),
  }[verdict]();
  return (
    <li className={style.site} data-state={verdict}>
      <span className={style.seal}>
        <Icon name={ICON[verdict]} size={24} />
      </span>
      <div>
        <h2>
          <Link href={paths.comparison(id)}>{name}</Link>
        </h2>
        <p className={style.verdict}>{headline}</p>
        {worst && (
          <p className={style.worst}>
            <b>{words.findings.owner[worst.owner]}</b> {worst.summary}
          </p>
        )}
        <p className={style.since}>
          {since && verdict !== 'safe' && (
            <span>
              {words.verdict.since} <Moment at={since} />
            </span>
          )}
          {newestAt && <Newest at={newestAt} />}
          {silentServers > 0 && <span>{words.sites.silent(silentServers)}</span>}
        </p>
      </div>
    </li>
  );
}

function Newest({ at }: { at: string }) {
  const words = useWords();
  return <span>{words.live.updated(words.age(secondsSince(at, useNow())))}</span>;
}

function NewSite() {
  const { sites: words } = useWords();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const create = useMutation({
    mutationFn: (name: string) => answer(api.POST('/v1/sites', { body: { name } })),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: SITES_KEY });
      go(paths.setUp(id));
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    if (typeof name === 'string') create.mutate(name);
  }
  return (
    <FormFields form="createSite" error={create.error}>
      <form className={style.form} onSubmit={submit}>
        <Field name="name">
          {(given) => <input {...given} required autoComplete="off" placeholder={words.example} />}
        </Field>
        <button className="button primary" type="submit" disabled={create.isPending}>
          {words.create}
        </button>
        <FormRefusal />
      </form>
    </FormFields>
  );
}
