import {
  FIRST_TOKEN_CHECKS,
  type InboundProtocol,
  type Role,
  type Target,
  type Task,
} from '@mailpath/protocol';
import { type AssignedSite, tasksFor } from './assignment.ts';
import { type MailSite, mailTasksFor, tokenTask, type UserMailboxes } from './mail-tasks.ts';
import { cellKey } from './cell.ts';

interface AskedServer {
  id: string;
  roles: readonly Role[];
}

/** What the servers of a site may be asked for, by place: in rounds, in runs, or while somebody signs in. */
export function askedPlaces(
  site: AssignedSite & MailSite & { inboundProtocol: InboundProtocol },
  servers: readonly AskedServer[],
  users: readonly UserMailboxes[],
): Map<string, Target> {
  const signingIn = users.flatMap(({ userName }) =>
    FIRST_TOKEN_CHECKS.map((check) => tokenTask(site, check, userName)),
  );
  const tasksOf = ({ roles }: AskedServer): Task[] => [
    ...tasksFor(site, roles),
    ...mailTasksFor(site, roles, users),
    ...signingIn,
  ];
  return new Map(
    servers.flatMap((server) =>
      tasksOf(server).map(({ check, target }) => [
        cellKey({ serverId: server.id, check, target: target.name }),
        target,
      ]),
    ),
  );
}

/** Whether a result was aimed at what the target's name stands for now. */
export const isAimedAt = (aimed: Target, asked: Target): boolean =>
  aimed.host === asked.host && aimed.port === asked.port && aimed.mailbox === asked.mailbox;
