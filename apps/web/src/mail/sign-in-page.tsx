import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useServers } from '../api/queries.ts';
import { useComparison, useCredentials, useMailboxes, useSignIn, useSite } from '../api/site-queries.ts';
import type { SignIn } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Loading } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import { journey, mailboxOpens, STOPS, type Stop, type StopState } from './journey.ts';
import style from './sign-in-page.module.css';
import { startOf } from './start-sign-in.tsx';

const ICON: Record<StopState, IconName> = {
  done: 'pass',
  now: 'play',
  later: 'none',
  failed: 'error',
  missing: 'warning',
};

/** A sign-in as six stops, each with who acts; the present one says what to do. */
export function SignInPage({ siteId, signInId }: { siteId: string; signInId: string }) {
  const words = useWords();
  const asked = useSignIn(siteId, signInId);
  const title = asked.data ? words.signIn.title(asked.data.userName) : words.mailboxes.signIn;
  return (
    <SiteShell siteId={siteId} place="mailboxes" title={title}>
      {() => (
        <>
          <div className="title-bar">
            <h1>{title}</h1>
            <Link className="button quiet" href={paths.mailboxes(siteId)}>
              {words.signIn.back}
            </Link>
          </div>
          <Answered by={asked}>{(signIn) => <Journey signIn={signIn} />}</Answered>
        </>
      )}
    </SiteShell>
  );
}

function Journey({ signIn }: { signIn: SignIn }) {
  const words = useWords();
  const { siteId, userName } = signIn;
  const { data: site } = useSite(siteId);
  const { data: servers } = useServers(siteId);
  const { data: mailboxes } = useMailboxes(siteId);
  const { data: credentials } = useCredentials(siteId);
  const { data: comparison } = useComparison(siteId);
  if (!site || !servers || !mailboxes || !credentials || !comparison) return <Loading />;
  const own = mailboxes.items.filter((mailbox) => mailbox.userName === userName);
  const states = journey({
    site,
    signIn,
    credential: credentials.items.find((each) => each.userName === userName),
    opened: mailboxOpens(comparison, new Set(own.map(({ name }) => name))),
  });
  const services = servers.items.filter(({ roles }) => roles.includes('services')).map(({ name }) => name);
  const redeems = servers.items.find(({ id }) => id === signIn.serverId)?.name ?? signIn.serverId;
  const servicesNamed = services.length > 0 ? words.list(services) : words.signIn.noServices;
  const actor: Record<Stop, string> = {
    ...words.signIn.actor,
    redeemed: redeems,
    refreshed: servicesNamed,
    opened: servicesNamed,
  };
  return (
    <ol className={style.journey}>
      {STOPS.map((stop) => (
        <li key={stop} data-state={states[stop]} aria-current={states[stop] === 'now' ? 'step' : undefined}>
          <span className={style.mark}>
            <Icon name={ICON[states[stop]]} size={18} />
          </span>
          <div>
            <h2>
              {words.signIn.stop[stop]} <span>{words.signIn.state[states[stop]]}</span>
            </h2>
            <p className={style.actor}>{actor[stop]}</p>
            <What stop={stop} state={states[stop]} signIn={signIn} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What is to be done, or went wrong, at the stop where the journey stands. */
function What({ stop, state, signIn }: { stop: Stop; state: StopState; signIn: SignIn }) {
  const { signIn: words } = useWords();
  if (stop === 'registered' && state === 'missing')
    return (
      <p>
        {words.unregistered} <Link href={paths.settings(signIn.siteId)}>{words.toSettings}</Link>
      </p>
    );
  if (stop === 'browser' && state === 'now') return <Open signIn={signIn} />;
  if (state !== 'failed' || stop === 'opened') return null;
  return (
    <div className={style.failure}>
      {signIn.aadsts !== null && <b>{words.error(signIn.aadsts)}</b>}
      <p>{signIn.state === 'expired' ? words.expired : signIn.failure}</p>
      {signIn.resultId && <Link href={paths.result(signIn.siteId, signIn.resultId)}>{words.toResult}</Link>}
    </div>
  );
}

function Open({ signIn: { id, userCode, verificationUri } }: { signIn: SignIn }) {
  const { signIn: words } = useWords();
  const queries = useQueryClient();
  const address = queries.getQueryData<string | null>(startOf(id)) ?? verificationUri;
  if (!address) return <p>{words.gone}</p>;
  return (
    <div className={style.open}>
      <p>{words.openLead}</p>
      {userCode && <p>{words.code(userCode)}</p>}
      <a className="button primary" href={address} target="_blank" rel="noreferrer">
        {words.open}
      </a>
    </div>
  );
}
