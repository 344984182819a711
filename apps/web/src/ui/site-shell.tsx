import { type ReactNode, useEffect } from 'react';
import { useLive } from '../api/live.ts';
import { useVerdict } from '../api/queries.ts';
import { useSpeech } from '../words/words.tsx';
import { TopBar } from './top-bar.tsx';

export type Place = 'comparison' | 'findings' | 'checklist' | 'servers' | 'then' | 'mailboxes' | 'settings';

interface Props {
  siteId: string;
  place: Place;
  title: string;
  children: (live: boolean) => ReactNode;
}

/** What every page of a site has around it: the bar with the places, and whether what is shown is kept true. */
export function SiteShell({ siteId, place, title, children }: Props) {
  const { words, language } = useSpeech();
  const live = useLive(siteId, language);
  const { data } = useVerdict(siteId, live);
  const site = data?.siteName ?? '';
  useEffect(() => {
    document.title = [title, site, words.product].filter((part) => part !== '').join(' · ');
  }, [title, site, words.product]);
  return (
    <>
      <TopBar siteId={siteId} place={place} site={site} findings={data?.openFindings ?? 0} live={live} />
      <main id="main" className="page" tabIndex={-1}>
        {children(live)}
      </main>
    </>
  );
}
