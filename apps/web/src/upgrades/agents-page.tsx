import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answer, api } from '../api/client.ts';
import { ASK_AGAIN_MS } from '../api/queries.ts';
import type { Upgrade } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Moment } from '../ui/moment.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { useMay } from '../ui/use-role.ts';
import { useWords } from '../words/words.tsx';
import style from './agents-page.module.css';
import { BeginUpgrade } from './begin-upgrade.tsx';
import { byGroup } from './groups.ts';
import { ServerState } from './server-state.tsx';
import { VersionTable } from './version-table.tsx';

/** An upgrade that goes on is watched by whoever began it. */
const WHILE_IT_RUNS_MS = 3000;

/** Which agent runs on which server, where upgrades are allowed, and how each of them went. */
export function AgentsPage({ siteId }: { siteId: string }) {
  const { upgrades: words, nav, servers } = useWords();
  const mayBegin = useMay(siteId, 'administrator');
  const params = { path: { siteId } };
  const upgrades = useQuery({
    queryKey: ['upgrades', siteId],
    queryFn: () => answer(api.GET('/v1/sites/{siteId}/upgrades', { params })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === 'running') ? WHILE_IT_RUNS_MS : ASK_AGAIN_MS,
  });
  const running = upgrades.data?.items.find(({ state }) => state === 'running');
  // What became of each server is asked for anew with every change of an upgrade, also of one that has just ended.
  const versions = useQuery({
    queryKey: ['agent-versions', siteId, upgrades.data?.items.map(({ id, state }) => `${id} ${state}`)],
    queryFn: () => answer(api.GET('/v1/sites/{siteId}/agent-versions', { params })),
    placeholderData: keepPreviousData,
    refetchInterval: running ? WHILE_IT_RUNS_MS : ASK_AGAIN_MS,
  });
  return (
    <SiteShell siteId={siteId} place="servers" title={words.title}>
      {() => (
        <>
          <div className="title-bar">
            <div>
              <h1>{words.title}</h1>
              <p className="lead">{words.lead}</p>
            </div>
            <Link className="button" href={paths.servers(siteId)}>
              {nav.servers}
            </Link>
          </div>
          <Answered by={versions}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={servers.none} lead={servers.noneLead} />
              ) : (
                <>
                  <VersionTable siteId={siteId} versions={items} running={running?.version ?? null} />
                  <Answered by={upgrades}>
                    {({ items: all }) => (
                      <>
                        {mayBegin && !running && <BeginUpgrade siteId={siteId} versions={items} />}
                        {all.length > 0 && <h2 className={style.heading}>{words.all}</h2>}
                        {all.map((upgrade, i) => (
                          <UpgradeCard
                            key={upgrade.id}
                            siteId={siteId}
                            upgrade={upgrade}
                            open={i === 0}
                            mayStop={mayBegin}
                          />
                        ))}
                      </>
                    )}
                  </Answered>
                </>
              )
            }
          </Answered>
        </>
      )}
    </SiteShell>
  );
}

interface CardProps {
  siteId: string;
  upgrade: Upgrade;
  open: boolean;
  mayStop: boolean;
}

/** One upgrade: who goes first, who follows, and what became of it on each. */
function UpgradeCard({ siteId, upgrade, open, mayStop }: CardProps) {
  const { upgrades: words, list } = useWords();
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/sites/{siteId}/upgrades/{upgradeId}/stop', {
          params: { path: { siteId, upgradeId: upgrade.id } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['upgrades', siteId] }),
  });
  const { version, state, reason, createdAt, endedAt, hours, servers } = upgrade;
  return (
    <details className={style.upgrade} open={open}>
      <summary>
        <b>{words.to(version)}</b>
        <span className={style.state} data-state={state}>
          {words.state[state]}
        </span>
        <small>
          <Moment at={endedAt ?? createdAt} />
        </small>
      </summary>
      {reason && (
        <p className={style.reason}>
          {words.reason} <q lang="en">{reason}</q>
        </p>
      )}
      {hours && (
        <p className={style.hours}>
          {words.hours(
            list(hours.days.map((day) => words.day[day])),
            hours.from,
            hours.to,
            hours.timeZone ?? 'UTC',
          )}
        </p>
      )}
      <ol className={style.groups}>
        {byGroup(servers).map(({ group, servers: together }, i, all) => (
          <li key={group}>
            <h3>{i === 0 ? words.first : i === all.length - 1 ? words.last : words.group(i + 1)}</h3>
            <ul>
              {together.map((server) => (
                <li key={server.serverId}>
                  <Link href={paths.server(siteId, server.serverId)}>{server.serverName}</Link>
                  <ServerState state={server.state} reason={server.reason} ended={state !== 'running'} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {state === 'running' && mayStop && (
        <SureButton
          label={words.stop}
          of={words.to(version)}
          ask={words.stopSure}
          busy={stop.isPending}
          onSure={() => stop.mutate()}
        />
      )}
      <Refusal error={stop.error} />
    </details>
  );
}
