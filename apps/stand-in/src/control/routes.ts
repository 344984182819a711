import type { StandIn } from '../stand-in.ts';
import { changed, type Collection, collectionsOf } from './collections.ts';
import { HELP } from './help.ts';
import { KNOWN_FAULTS } from './known-faults.ts';
import { notFound, parsed, Refusal } from './refusal.ts';
import { FaultsBody, TenantBody } from './schemas.ts';

/** What is controlled. */
export type Controlled = Omit<StandIn, 'controlUrl' | 'stop'>;

export interface ControlRequest {
  method: string;
  /** Decoded parts of the path. */
  path: readonly string[];
  /** Parsed; undefined where none was sent. */
  body: unknown;
}

/** A text, a JSON value, or nothing (204). */
export interface ControlAnswer {
  status: number;
  text?: string;
  json?: unknown;
}

/** Answers one request; throws a Refusal. */
export async function answerControl(standIn: Controlled, request: ControlRequest): Promise<ControlAnswer> {
  const { path } = request;
  const [first = '', second, third] = path;
  if (third !== undefined) throw nowhere(path);
  const collections = collectionsOf(standIn.directory);
  const collection = Object.hasOwn(collections, first) ? collections[first] : undefined;
  if (collection) return inCollection(collection, request, second);
  if (first === 'faults') return onFaults(standIn, request, second);
  if (second !== undefined) throw nowhere(path);
  if (first === '') return by(request, { GET: () => ({ status: 200, text: HELP }) });
  if (first === 'state') return by(request, { GET: () => ok(stateOf(standIn)) });
  if (first === 'tenant') return onTenant(standIn, request);
  if (first === 'reset') {
    return by(request, {
      async POST() {
        await standIn.reset();
        return { status: 204 };
      },
    });
  }
  throw nowhere(path);
}

const ok = (json: unknown): ControlAnswer => ({ status: 200, json });
const nowhere = (path: readonly string[]): Refusal =>
  notFound(`There is nothing at /${path.join('/')}. GET / lists what there is.`);

type Handlers = Record<string, () => ControlAnswer | Promise<ControlAnswer>>;

async function by({ method }: ControlRequest, handlers: Handlers): Promise<ControlAnswer> {
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler) return handler();
  const known = Object.keys(handlers).join(', ');
  throw new Refusal(405, 'method-not-allowed', `${method} means nothing here: use ${known}.`);
}

function inCollection(all: Collection, request: ControlRequest, id?: string): Promise<ControlAnswer> {
  if (id === undefined) return by(request, { GET: () => ok(all.list()) });
  return by(request, {
    GET: () => ok(all.get(id)),
    PUT() {
      const isNew = all.put(id, request.body);
      return { status: isNew ? 201 : 200, json: all.get(id) };
    },
    PATCH() {
      all.change(id, request.body);
      return ok(all.get(id));
    },
    DELETE() {
      all.delete(id);
      return { status: 204 };
    },
  });
}

function onTenant({ directory }: Controlled, request: ControlRequest): Promise<ControlAnswer> {
  const become = (body: unknown): ControlAnswer => ok((directory.tenant = parsed(TenantBody, body)));
  return by(request, {
    GET: () => ok(directory.tenant),
    PUT: () => become(request.body),
    PATCH: () => become(changed(directory.tenant, request.body)),
  });
}

async function onFaults(
  standIn: Controlled,
  request: ControlRequest,
  address?: string,
): Promise<ControlAnswer> {
  const { faults, addresses } = standIn;
  if (address === undefined) return by(request, { GET: () => ok(faults.all) });
  if (address === 'known') return by(request, { GET: () => ok(KNOWN_FAULTS) });
  if (address !== '*' && !addresses.includes(address)) {
    throw notFound(
      `${address} is no address of this stand-in: use ${addresses.join(', ')}, or * for all of them.`,
    );
  }
  const now = (): ControlAnswer => ok({ faults: faults.all[address] ?? [] });
  const become = async (body: unknown): Promise<ControlAnswer> => {
    const wanted = parsed(FaultsBody, body).faults;
    faults.set(address, wanted as Parameters<typeof faults.set>[1]);
    await standIn.settled();
    return now();
  };
  return by(request, {
    GET: now,
    PUT: () => become(request.body),
    async DELETE() {
      await become({ faults: [] });
      return { status: 204 };
    },
  });
}

function stateOf({ addresses, ports, dnsPort, targets, authority, directory, faults }: Controlled): object {
  return {
    addresses,
    ports,
    dnsPort,
    targets,
    authority,
    tenant: directory.tenant,
    applications: [...directory.applications.values()],
    users: [...directory.users.values()],
    mailboxes: [...directory.mailboxes.values()],
    faults: faults.all,
  };
}
