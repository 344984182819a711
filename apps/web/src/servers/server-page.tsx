import { useState } from 'react';
import { Link } from 'wouter';
import { useServers } from '../api/queries.ts';
import { useResultsSince } from '../api/site-queries.ts';
import type { SiteServer } from '../api/types.ts';
import { paths } from '../paths.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { placeOf } from '../ui/place-of.ts';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Empty, Loading, Trouble } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import { BeatLegend, HeartbeatBar } from './heartbeat-bar.tsx';
import { linesOf, type Line } from './heartbeat.ts';
import style from './server-page.module.css';

const SLOTS = 60;
const WINDOWS = [1, 6, 24] as const;
const ICON = { connected: 'pass', disconnected: 'error', none: 'none' } as const;

/** One machine: who speaks for it, and each of its checks over time. */
export function ServerPage({ siteId, serverId }: { siteId: string; serverId: string }) {
  const words = useWords();
  const servers = useServers(siteId);
  const server = servers.data?.items.find(({ id }) => id === serverId);
  return (
    <SiteShell siteId={siteId} place="servers" title={server?.name ?? words.nav.servers}>
      {() => (
        <>
          <Answered by={servers}>
            {() =>
              server ? (
                <Head server={server} />
              ) : (
                <Empty title={words.problem.missing} lead={words.problem.missingLead} />
              )
            }
          </Answered>
          <OverTime siteId={siteId} serverId={serverId} />
        </>
      )}
    </SiteShell>
  );
}

function Head({ server: { name, roles, agent } }: { server: SiteServer }) {
  const words = useWords();
  const state = agent?.state ?? 'none';
  return (
    <div className={style.head}>
      <h1>
        <StateIcon state={ICON[state]} size={20} />
        {name}
      </h1>
      <dl>
        <div>
          <dt>{words.servers.roles}</dt>
          <dd>{words.list(roles.map((role) => words.servers.role[role]))}</dd>
        </div>
        <div>
          <dt>{words.servers.agent}</dt>
          <dd>{words.servers.state[state]}</dd>
        </div>
        {agent && (
          <>
            <div>
              <dt>{words.servers.version}</dt>
              <dd>
                {agent.version} · {agent.platform}
              </dd>
            </div>
            <div>
              <dt>{words.servers.host}</dt>
              <dd>{agent.hostName}</dd>
            </div>
            {agent.clockAheadSeconds !== null && (
              <div>
                <dt>{words.server.clock}</dt>
                <dd>{words.server.ahead(Math.round(agent.clockAheadSeconds))}</dd>
              </div>
            )}
            <div>
              <dt>{words.server.enrolled}</dt>
              <dd>
                <Moment at={agent.enrolledAt} aged={false} />
              </dd>
            </div>
          </>
        )}
      </dl>
    </div>
  );
}

function OverTime({ siteId, serverId }: { siteId: string; serverId: string }) {
  const words = useWords();
  const [hours, setHours] = useState<number>(1);
  const { data, error, refetch } = useResultsSince(siteId, serverId, hours);
  if (!data) return error ? <Trouble error={error} again={() => void refetch()} /> : <Loading />;
  const lines = linesOf(data.items, data.from, data.to, SLOTS);
  return (
    <section aria-labelledby="over-time">
      <div className={style.bar}>
        <h2 id="over-time">{words.server.checks}</h2>
        <BeatLegend />
        <label>
          <span className="spoken">{words.server.window}</span>
          <select value={hours} onChange={({ target }) => setHours(Number(target.value))}>
            {WINDOWS.map((each) => (
              <option key={each} value={each}>
                {words.server.hours(each)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {lines.length === 0 && <Empty title={words.server.none} lead={words.server.noneLead} />}
      {lines.length > 0 && (
        <>
          <ul className={style.lines}>
            {lines.map((line) => (
              <Row key={line.key} siteId={siteId} line={line} />
            ))}
          </ul>
          <p className={style.axis}>
            <Moment at={new Date(data.from).toISOString()} />
            <span>{words.server.now}</span>
          </p>
          {data.truncated && <p className="lead">{words.server.truncated}</p>}
        </>
      )}
    </section>
  );
}

function Row({ siteId, line }: { siteId: string; line: Line }) {
  const words = useWords();
  const { result } = line.newest;
  const state = result.outcome === 'fail' ? 'error' : result.outcome === 'warn' ? 'warning' : 'pass';
  const at = result.failure;
  return (
    <li className={style.line} data-state={state}>
      <div className={style.what}>
        <b>
          <Link href={paths.check(siteId, line.check, line.target)}>
            {words.check[line.check] ?? line.check}
          </Link>
        </b>
        <span>{placeOf(result.target)}</span>
      </div>
      <HeartbeatBar line={line} />
      <Link className={style.last} href={paths.result(siteId, result.id)}>
        <StateIcon state={state} size={15} />
        <span>
          {at ? `${words.phase[at.phase]} ${words.code[at.code]}` : words.ms(result.durationMs)}
          <span className="spoken">
            , {words.server.last}, {words.check[line.check] ?? line.check} {placeOf(result.target)}
          </span>
        </span>
      </Link>
    </li>
  );
}
