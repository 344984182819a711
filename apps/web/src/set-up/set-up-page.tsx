import { Link } from 'wouter';
import { useServers } from '../api/queries.ts';
import { useComparison, useCredentials, useMailboxes, useSite } from '../api/site-queries.ts';
import { paths } from '../paths.ts';
import { Icon } from '../ui/icon.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Loading, Trouble } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './set-up-page.module.css';
import { setUp, STEPS, type SetUpStep } from './steps.ts';

/** Where a step is done. */
const PLACE: Record<SetUpStep, (siteId: string) => string> = {
  site: paths.settings,
  application: (siteId) => `${paths.settings(siteId)}#application`,
  servers: paths.addServer,
  mailboxes: paths.mailboxes,
  'sign-in': paths.mailboxes,
  round: paths.comparison,
};

/** From an empty site to its first round, step by step; what is done is read from what is kept. */
export function SetUpPage({ siteId }: { siteId: string }) {
  const words = useWords();
  const site = useSite(siteId);
  const servers = useServers(siteId);
  const mailboxes = useMailboxes(siteId);
  const credentials = useCredentials(siteId);
  const comparison = useComparison(siteId);
  const asked = [site, servers, mailboxes, credentials, comparison];
  const refused = asked.find(({ error, data }) => error && !data)?.error;
  const states =
    site.data &&
    servers.data &&
    mailboxes.data &&
    credentials.data &&
    comparison.data &&
    setUp({
      site: site.data,
      connected: servers.data.items.filter(({ agent }) => agent?.state === 'connected').length,
      mailboxes: mailboxes.data.items.length,
      credentials: credentials.data.items.length,
      hasResults: comparison.data.rows.some(({ cells }) => cells.some(({ resultId }) => resultId !== null)),
    });
  return (
    <SiteShell siteId={siteId} place="settings" title={words.setUp.title}>
      {() => (
        <>
          <div className="title-bar">
            <div>
              <h1>{words.setUp.title}</h1>
              <p className="lead">{words.setUp.lead}</p>
            </div>
          </div>
          {refused && (
            <Trouble error={refused} again={() => asked.forEach(({ refetch }) => void refetch())} />
          )}
          {!states && !refused && <Loading />}
          {states && (
            <ol className={style.steps}>
              {STEPS.map((step, i) => (
                <li
                  key={step}
                  data-state={states[step]}
                  aria-current={states[step] === 'next' ? 'step' : undefined}
                >
                  <span className={style.mark}>{states[step] === 'done' ? <Icon name="pass" /> : i + 1}</span>
                  <div>
                    <h2>{words.setUp.step[step].title}</h2>
                    <p>{words.setUp.step[step].lead}</p>
                  </div>
                  <span className={style.word}>{words.setUp[states[step]]}</span>
                  <Link
                    className={states[step] === 'next' ? 'button primary' : 'button'}
                    href={PLACE[step](siteId)}
                  >
                    {words.setUp.go} <span className="spoken">{words.setUp.step[step].title}</span>
                  </Link>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </SiteShell>
  );
}
