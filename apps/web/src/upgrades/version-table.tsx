import { Link } from 'wouter';
import type { AgentVersion } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Icon } from '../ui/icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { useWords } from '../words/words.tsx';
import style from './agents-page.module.css';
import { newestOf } from './groups.ts';
import { ServerState } from './server-state.tsx';

interface Props {
  siteId: string;
  versions: readonly AgentVersion[];
  /** The version of the upgrade that goes on, or null. */
  running: string | null;
}

/** Server by server: version, system, whether it may be upgraded from here, and its last upgrade. */
export function VersionTable({ siteId, versions, running }: Props) {
  const { upgrades: words, nav } = useWords();
  const newest = newestOf(versions);
  return (
    <table className={style.versions}>
      <caption className="spoken">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{nav.servers}</th>
          <th scope="col">{words.version}</th>
          <th scope="col">{words.allowed}</th>
          <th scope="col">{words.lastUpgrade}</th>
        </tr>
      </thead>
      <tbody>
        {versions.map(({ serverId, serverName, version, nodeVersion, platform, upgrades, last }) => (
          <tr key={serverId}>
            <th scope="row">
              <Link href={paths.server(siteId, serverId)}>{serverName}</Link>
            </th>
            <td>
              {version === null ? (
                words.noAgent
              ) : (
                <>
                  <b>{version}</b>{' '}
                  {version !== newest && (
                    <span className={style.older}>
                      <Icon name="old" size={13} />
                      {words.older}
                    </span>
                  )}
                  <small>
                    {platform} · Node {nodeVersion}
                  </small>
                </>
              )}
            </td>
            <td data-label={words.allowed}>{version === null ? '–' : words.may[upgrades]}</td>
            <td data-label={words.lastUpgrade}>
              {last === null ? (
                words.never
              ) : (
                <>
                  <b>{last.version}</b>{' '}
                  <ServerState state={last.state} reason={last.reason} ended={last.version !== running} />
                  <small>
                    <Moment at={last.changedAt} />
                  </small>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
