import { z } from 'zod';
import type { Directory } from '../directory.ts';
import { notFound, parsed } from './refusal.ts';
import { ApplicationBody, ClientId, MailboxBody, UserBody, UserName } from './schemas.ts';

/** Things of one kind in the directory, each known by its name in the path. */
export interface Collection {
  list: () => object[];
  get: (id: string) => object;
  /** Makes it, or replaces what was there; true: it is new. */
  put: (id: string, body: unknown) => boolean;
  /** Changes the members that the body has, and no others. */
  change: (id: string, body: unknown) => void;
  delete: (id: string) => void;
}

interface Kind<Item> {
  singular: string;
  id: z.ZodType<string>;
  nameOf: (item: Item) => string;
  all: ReadonlyMap<string, Item> & { delete: (key: string) => boolean };
  put: (id: string, body: unknown) => void;
}

function collection<Item extends object>({ singular, id: Id, nameOf, all, put }: Kind<Item>): Collection {
  const has = (id: string): boolean => all.has(id.toLowerCase());
  const get = (id: string): Item => {
    const item = all.get(id.toLowerCase());
    if (!item) throw missing(id);
    return item;
  };
  const missing = (id: string) => notFound(`There is no ${singular} "${id}".`);
  return {
    list: () => [...all.values()],
    get,
    put(id, body) {
      parsed(Id, id, `name of the ${singular} in the path`);
      const isNew = !has(id);
      put(id, body);
      return isNew;
    },
    change(id, body) {
      const item = get(id);
      put(nameOf(item), changed(item, body));
    },
    delete(id) {
      if (!all.delete(id.toLowerCase())) throw missing(id);
    },
  };
}

/** Members of an item that its place in the path says, not its body. */
const IN_PATH = ['clientId', 'userName', 'address'];

/** The body that makes the item as it is, with the members of the given one in place of its own. */
export function changed(item: object, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const json = JSON.parse(JSON.stringify(item)) as Record<string, unknown>;
  for (const name of IN_PATH) delete json[name];
  return { ...json, ...body };
}

/** The collections of a directory by their names in the path. */
export function collectionsOf(directory: Directory): Readonly<Record<string, Collection>> {
  return {
    applications: collection({
      singular: 'application',
      nameOf: ({ clientId }) => clientId,
      id: ClientId,
      all: directory.applications,
      put: (clientId, body) => directory.addApplication({ clientId, ...parsed(ApplicationBody, body) }),
    }),
    users: collection({
      singular: 'user',
      nameOf: ({ userName }) => userName,
      id: UserName,
      all: directory.users,
      put: (userName, body) => directory.addUser({ userName, ...parsed(UserBody, body) }),
    }),
    mailboxes: collection({
      singular: 'mailbox',
      nameOf: ({ address }) => address,
      id: UserName,
      all: directory.mailboxes,
      put: (address, body) => directory.addMailbox({ address, ...parsed(MailboxBody, body) }),
    }),
  };
}
