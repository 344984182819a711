import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answer, api } from '../api/client.ts';
import { useServers } from '../api/queries.ts';
import type { SiteServer } from '../api/types.ts';
import { paths } from '../paths.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { useMay } from '../ui/use-role.ts';
import { useWords } from '../words/words.tsx';
import style from './servers-page.module.css';

const byName = (a: SiteServer, b: SiteServer): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true });

/** The machines of a site: whether each reports, with what, and whether its agent may be lent secrets. */
export function ServersPage({ siteId }: { siteId: string }) {
  const words = useWords();
  const servers = useServers(siteId);
  const mayAdd = useMay(siteId, 'administrator');
  return (
    <SiteShell siteId={siteId} place="servers" title={words.nav.servers}>
      {() => (
        <>
          <div className="title-bar">
            <h1>{words.nav.servers}</h1>
            <span className="actions">
              <Link className="button" href={paths.agents(siteId)}>
                {words.upgrades.title}
              </Link>
              {mayAdd && (
                <Link className="button primary" href={paths.addServer(siteId)}>
                  {words.servers.add}
                </Link>
              )}
            </span>
          </div>
          <Answered by={servers}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={words.servers.none} lead={words.servers.noneLead}>
                  {mayAdd && (
                    <Link className="button primary" href={paths.addServer(siteId)}>
                      {words.servers.add}
                    </Link>
                  )}
                </Empty>
              ) : (
                <ul className={style.servers}>
                  {items.toSorted(byName).map((server) => (
                    <ServerCard key={server.id} siteId={siteId} server={server} />
                  ))}
                </ul>
              )
            }
          </Answered>
        </>
      )}
    </SiteShell>
  );
}

function ServerCard({ siteId, server: { id, name, roles, agent } }: { siteId: string; server: SiteServer }) {
  const words = useWords();
  const state = agent?.state ?? 'none';
  return (
    <li className={style.server}>
      <h2>
        <StateIcon state={state === 'connected' ? 'pass' : state === 'none' ? 'none' : 'error'} size={16} />
        <Link href={paths.server(siteId, id)}>{name}</Link>
      </h2>
      <p className={style.roles}>{words.list(roles.map((role) => words.servers.role[role]))}</p>
      <dl>
        <dt>{words.servers.agent}</dt>
        <dd>{words.servers.state[state]}</dd>
        {agent && (
          <>
            <dt>{words.servers.host}</dt>
            <dd>{agent.hostName}</dd>
            <dt>{words.servers.version}</dt>
            <dd>
              {agent.version} · Node {agent.nodeVersion} · {agent.platform}
            </dd>
            {agent.lastSeenAt && (
              <>
                <dt>{words.servers.seen}</dt>
                <dd>
                  <Moment at={agent.lastSeenAt} />
                </dd>
              </>
            )}
            <dt>{words.servers.fingerprint}</dt>
            <dd className={style.fingerprint}>{agent.keyFingerprint}</dd>
            <dt>{words.servers.secrets}</dt>
            <dd>{words.servers.approval[agent.approval]}</dd>
          </>
        )}
      </dl>
      {agent?.approval === 'waiting' && (
        <Approve siteId={siteId} serverId={id} fingerprint={agent.keyFingerprint} />
      )}
    </li>
  );
}

/** A person compares the fingerprint with what the machine shows, and only then lends it secrets. */
function Approve({
  siteId,
  serverId,
  fingerprint,
}: {
  siteId: string;
  serverId: string;
  fingerprint: string;
}) {
  const words = useWords();
  const queries = useQueryClient();
  const mayApprove = useMay(siteId, 'administrator');
  const approve = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/v1/sites/{siteId}/servers/{serverId}/approval', {
          params: { path: { siteId, serverId } },
          body: { fingerprint },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['servers', siteId] }),
  });
  return (
    <div className={style.approve}>
      <p>{words.servers.compare}</p>
      <code>mailpath-agent status</code>
      <button
        className="button"
        type="button"
        disabled={approve.isPending || !mayApprove}
        onClick={() => approve.mutate()}
      >
        {words.servers.approve}
      </button>
      <Refusal error={approve.error} />
      {!mayApprove && <p>{words.servers.askAdministrator}</p>}
    </div>
  );
}
