import { checkFacts, isCheck, type Role, type Task } from '@mailpath/protocol';
import type { CredentialFacts } from '../../trust/credentials/credential.ts';
import type { Use } from '../orders/budget.ts';
import { type NotLent, WHY_NOT_LENT } from '../../estate/servers/lendee.ts';
import type { Holds } from '../../trust/holds/holds.service.ts';
import type { Mailbox } from '../../estate/mailboxes/mailbox.ts';
import type { Withheld } from './run.ts';
import { byUser, type MailSite, tasksOfUser } from '../../fleet/tasks/mail-tasks.ts';

/** A server that may be asked: its agent is connected. */
export interface AskedServer {
  id: string;
  agentId: string;
  roles: readonly Role[];
  /** Why it is lent nothing now; null when nothing stands against it. */
  notLent: NotLent | null;
}

/** One order to one agent: everything that one user's token opens there. */
export interface PlannedOrder {
  serverId: string;
  agentId: string;
  userName: string;
  grant: 'refresh-token' | 'access-token' | 'client-credentials';
  tasks: Task[];
}

export interface PlanInput {
  site: MailSite;
  servers: readonly AskedServer[];
  mailboxes: readonly Mailbox[];
  credentials: readonly CredentialFacts[];
  holds: Holds;
  /** Only these checks; what obtains the token for them is asked as well. */
  checks?: readonly string[] | undefined;
}

/** What is asked, in the order in which it is sent, and what is not, by server. */
export interface Plan {
  orders: PlannedOrder[];
  withheld: Map<string, Withheld[]>;
}

/** Who is asked to sign in to which mailboxes, services servers first: they refresh what the others send with. Pure. */
export function plan(input: PlanInput): Plan {
  const { site, servers, mailboxes, credentials } = input;
  const orders: PlannedOrder[] = [];
  const withheld = new Map<string, Withheld[]>();
  const services = (server: AskedServer) => server.roles.includes('services');
  const inOrder = [...servers.filter(services), ...servers.filter((server) => !services(server))];
  for (const user of byUser(site, mailboxes, credentials))
    for (const server of inOrder) {
      const tasks = chosen(tasksOfUser(site, server.roles, user), input.checks);
      if (tasks.length === 0) continue;
      const order: PlannedOrder = {
        serverId: server.id,
        agentId: server.agentId,
        userName: user.userName,
        grant: !services(server)
          ? 'access-token'
          : site.grant === 'app-only'
            ? 'client-credentials'
            : 'refresh-token',
        tasks,
      };
      const missing =
        barred(server, user.userName) ??
        (site.grant === 'app-only' ? null : missingFor(user.userName, credentials));
      const left = missing ? { order: null, withheld: [missing] } : withoutHeld(order, input.holds);
      if (left.order) orders.push(left.order);
      withheld.set(server.id, [...(withheld.get(server.id) ?? []), ...left.withheld]);
    }
  return { orders, withheld };
}

/** What is left of an order when nobody who must be left alone is asked. */
export function withoutHeld(
  order: PlannedOrder,
  holds: Holds,
): { order: PlannedOrder | null; withheld: Withheld[] } {
  const { userName, serverId } = order;
  const refused = holds.credentials.find((hold) => hold.userName === userName && hold.serverId === serverId);
  const whole = refused ?? holds.mailboxes.find(({ mailbox }) => mailbox === userName);
  if (whole) return { order: null, withheld: [heldUntil(userName, whole)] };
  const isHeld = ({ target }: Task) => holds.mailboxes.find(({ mailbox }) => mailbox === target.mailbox);
  const held = new Set(order.tasks.flatMap((task) => isHeld(task) ?? []));
  const tasks = order.tasks.filter((task) => !isHeld(task));
  const withheld = [...held].map((hold) => heldUntil(userName, hold));
  // A token that nothing would be done with is not asked for.
  const pointless = tasks.length < order.tasks.length && tasks.every(isToken);
  return { order: pointless ? null : { ...order, tasks }, withheld };
}

/** What an order takes of each mailbox; a round trip logs in once to send, and once to fetch. */
export function usesOf(tasks: readonly Task[]): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const task of tasks) {
    const { mailbox } = task.target;
    if (mailbox === undefined || isToken(task)) continue;
    const { logins, mails } = uses.get(mailbox) ?? { logins: 0, mails: 0 };
    const trip = isCheck(task, 'mail.round-trip');
    uses.set(mailbox, { logins: logins + (trip ? 2 : 1), mails: mails + (trip ? 1 : 0) });
  }
  return uses;
}

const CHECK_MS = 20_000;
const ROUND_TRIP_MS = 60_000;
const LONGEST_ROUND_MS = 300_000;

/** Deadlines of an order: its checks may be carried out one after the other. */
export function deadlinesOf(tasks: readonly Task[]): { checkDeadlineMs: number; roundDeadlineMs: number } {
  const one = (task: Task) => (isCheck(task, 'mail.round-trip') ? ROUND_TRIP_MS : CHECK_MS);
  const all = tasks.reduce((sum, task) => sum + one(task), 0);
  return {
    checkDeadlineMs: Math.max(CHECK_MS, ...tasks.map(one)),
    roundDeadlineMs: Math.min(LONGEST_ROUND_MS, Math.max(CHECK_MS, all)),
  };
}

export const isToken = ({ check }: Pick<Task, 'check'>): boolean => checkFacts(check).kind === 'token';

function chosen(tasks: Task[], checks: readonly string[] | undefined): Task[] {
  if (!checks) return tasks;
  const wanted = tasks.filter(({ check }) => checks.includes(check));
  return wanted.length === 0 ? [] : tasks.filter((task) => isToken(task) || wanted.includes(task));
}

const barred = ({ notLent }: AskedServer, userName: string): Withheld | null =>
  notLent && { userName, reason: WHY_NOT_LENT[notLent], until: null };

function missingFor(userName: string, credentials: readonly CredentialFacts[]): Withheld | null {
  const known = credentials.find((one) => one.userName === userName);
  if (!known)
    return { userName, reason: 'This user has not signed in yet: start a sign-in for it.', until: null };
  if (!known.hasRefreshToken)
    return {
      userName,
      reason:
        'The sign-in of this user came without a refresh token: offline_access was not granted. Grant it to the application in Entra and sign in again.',
      until: null,
    };
  return null;
}

const heldUntil = (userName: string, { until, reason }: { until: Date; reason: string }): Withheld => ({
  userName,
  reason: `Left alone for a while after ${reason}.`,
  until: until.toISOString(),
});
