import { SignInLinks } from '../trust/access/sign-in-links.service.ts';
import { UserCreation } from '../trust/access/user.ts';
import { UsersService } from '../trust/access/users.service.ts';
import { runNamedCommand } from './named-command.ts';

const LINK_MINUTES = 30;

// Prints a link that signs the user in once, and makes the user, an administrator, where there is none of this name:
// for whoever lost the password, or the last administrator.
await runNamedCommand(
  'npm run user -- NAME (an existing user, or a new administrator; at most 100 characters)',
  UserCreation.shape.name,
  async (source, name, config) => {
    const users = UsersService.over(source);
    const known = await users.named(name);
    const { id } = known ?? (await users.create({ name, role: 'administrator', sites: [] }));
    const user = await users.signedInHere(id);
    const { path } = await SignInLinks.over(source).make(user.id, LINK_MINUTES);
    const base = config.MAILPATH_PUBLIC_URL ?? `http://localhost:${config.MAILPATH_PORT}`;
    return `Sign in as ${user.name}, once and within ${LINK_MINUTES} minutes: ${base}${path}`;
  },
);
