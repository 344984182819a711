import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../api/client.ts';
import { useSession } from '../api/queries.ts';
import { paths } from '../paths.ts';
import { useSpeech, useWords, type Language } from '../words/words.tsx';
import { Icon } from './icon.tsx';
import type { Place } from './site-shell.tsx';
import { Wordmark } from './wordmark.tsx';

type Theme = 'light' | 'dark';

const shownTheme = (): Theme =>
  (document.documentElement.dataset['theme'] as Theme | undefined) ??
  (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

interface Props {
  siteId?: string;
  place?: Place;
  site: string;
  findings: number;
  live: boolean | null;
}

/** The places of a site, who is signed in, and how the page looks and speaks. */
export function TopBar({ siteId, place, site, findings, live }: Props) {
  const { words } = useSpeech();
  const current = (each: Place) => (each === place ? { 'aria-current': 'page' as const } : {});
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where not all places fit, the present one is seen.
    const own = nav.current;
    const here = own?.querySelector<HTMLElement>('[aria-current]');
    if (own && here) own.scrollLeft = here.offsetLeft - (own.clientWidth - here.offsetWidth) / 2;
  }, [place, words]);
  return (
    <header className="top">
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <Link href={paths.sites()} aria-label={`${words.product}: ${words.nav.sites}`}>
        <Wordmark name={words.product} />
      </Link>
      {siteId !== undefined && <span className="site">{site}</span>}
      {siteId !== undefined && (
        <nav ref={nav} aria-label={words.product}>
          <Link href={paths.comparison(siteId)} {...current('comparison')}>
            {words.nav.comparison}
          </Link>
          <Link href={paths.findings(siteId)} {...current('findings')}>
            {words.nav.findings}
            {findings > 0 && <b className="count">{findings}</b>}
          </Link>
          <Link href={paths.checklist(siteId)} {...current('checklist')}>
            {words.nav.checklist}
          </Link>
          <Link href={paths.servers(siteId)} {...current('servers')}>
            {words.nav.servers}
          </Link>
          <Link href={paths.past(siteId)} {...current('then')}>
            {words.past.title}
          </Link>
          <Link href={paths.mailboxes(siteId)} {...current('mailboxes')}>
            {words.mailboxes.title}
          </Link>
          <Link href={paths.settings(siteId)} {...current('settings')}>
            {words.settings.title}
          </Link>
        </nav>
      )}
      {siteId === undefined && <Everywhere />}
      {live !== null && (
        <output className="live" data-on={live}>
          {live ? words.live.on : words.live.off}
        </output>
      )}
      <Preferences />
      <WhoIsIn />
    </header>
  );
}

/** The places that belong to no site. */
function Everywhere() {
  const words = useWords();
  const [here] = useLocation();
  const { data } = useSession();
  const places: [address: string, name: string][] = [
    [paths.sites(), words.nav.sites],
    ...(data?.role === 'administrator'
      ? ([
          [paths.users(), words.people.title],
          [paths.keys(), words.keys.title],
          [paths.retention(), words.retention.title],
          [paths.audit(), words.audit.title],
        ] as [string, string][])
      : []),
    [paths.account(), words.account.title],
  ];
  return (
    <nav aria-label={words.product}>
      {places.map(([address, name]) => (
        <Link key={address} href={address} {...(here === address && { 'aria-current': 'page' as const })}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

function Preferences() {
  const { words, language, speak } = useSpeech();
  const [theme, setTheme] = useState(shownTheme);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const otherLanguage: Language = language === 'ja' ? 'en' : 'ja';
  function turn(): void {
    document.documentElement.dataset['theme'] = other;
    localStorage.setItem('mailpath.theme', other);
    setTheme(other);
  }
  return (
    <>
      <button
        className="button quiet"
        type="button"
        lang={otherLanguage}
        onClick={() => speak(otherLanguage)}
      >
        {otherLanguage === 'ja' ? '日本語' : 'English'}
      </button>
      <button
        className="button quiet square"
        type="button"
        aria-label={`${words.theme.label}: ${words.theme[other]}`}
        onClick={turn}
      >
        <Icon name={other} />
      </button>
    </>
  );
}

/** Who is signed in, and the way out. */
function WhoIsIn() {
  const { words } = useSpeech();
  const queries = useQueryClient();
  const { data } = useSession();
  if (!data) return null;
  const leave = async (): Promise<void> => {
    await api.DELETE('/v1/session', {});
    queries.clear();
    location.assign('/');
  };
  return (
    <details className="who">
      <summary className="button quiet">{data.name}</summary>
      <div className="menu">
        {data.role === 'administrator' && <Link href={paths.users()}>{words.people.title}</Link>}
        {data.role === 'administrator' && <Link href={paths.keys()}>{words.keys.title}</Link>}
        {data.role === 'administrator' && <Link href={paths.retention()}>{words.retention.title}</Link>}
        {data.role === 'administrator' && <Link href={paths.audit()}>{words.audit.title}</Link>}
        <Link href={paths.account()}>{words.account.title}</Link>
        <button type="button" onClick={() => void leave()}>
          {words.session.leave}
        </button>
      </div>
    </details>
  );
}
