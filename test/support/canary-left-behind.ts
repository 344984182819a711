import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './canaries.ts';
import { databasePlaces, folderPlaces, processPlaces, restPlaces } from './canary-places.ts';
import type { CanarySite } from './canary-site.ts';

const GIVEN_BY_ENVIRONMENT = ['DATABASE_URL', 'MAILPATH_INITIAL_API_KEY', 'MAILPATH_SECRET_KEY'];

/**
 * Everything that an installation has written and said. Left out is where a secret belongs:
 * - `agent-key.pem`, which is the agent's key itself, readable by its owner alone;
 * - `proxy` in agent.json: the administrator of the machine wrote it there, readable by its owner alone;
 * - `secret-key` in the API's home: it is the key itself, readable by its owner alone;
 * - the variables by which an operator gives the API its secrets, in the environment of that one process;
 * - the command line of `enrol`, which has ended by now: the code is good once, the proxy is the administrator's;
 * - answers that give a secret to whom it is for, once: the enrolment code, and the address to open with its state.
 */
export async function leftBehind({
  api,
  agents,
  closeReasons,
  siteId,
  controls,
}: CanarySite): Promise<Place[]> {
  const planted = 'visible-file-in-the-home';
  controls.add('planted', planted);
  writeFileSync(join(api.home, 'planted'), planted);
  const everyone = Object.values(agents).map(({ agent }) => agent);
  const processes = [api.process.child, ...everyone.flatMap(({ process: own }) => own?.child ?? [])];
  return [
    ...api.logs,
    ...everyone.flatMap(({ processes: all }) =>
      all.map(({ stdout, stderr }, nth) => ({
        class: 'log of an agent',
        name: `output of an agent's process ${nth + 1}`,
        text: `${stdout}\n${stderr}`,
      })),
    ),
    ...(await databasePlaces(api.database)),
    ...(await restPlaces(siteId, async (path) => (await api.call('GET', path)).text)),
    ...api.refusals,
    ...closeReasons,
    ...processPlaces(
      processes.map(({ pid = 0 }) => pid),
      GIVEN_BY_ENVIRONMENT,
    ),
    ...everyone.flatMap(({ stateDir }) =>
      folderPlaces('state folder', stateDir, ['agent-key.pem']).map((place) => ({
        ...place,
        // The administrator's own entry, and nothing beside it.
        text: place.text.replace(/^  "proxy": ".*"$/m, ''),
      })),
    ),
    ...folderPlaces('home of the API', api.home, ['secret-key']),
  ];
}
