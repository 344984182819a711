import type { Directory, User } from '../directory.ts';
import { EntraError } from './entra-error.ts';

/** The user whose grant is used now; it may have been changed since. */
export function activeUser(directory: Directory, userName: string): User {
  const user = directory.user(userName);
  if (!user) {
    throw new EntraError(50034, {
      text: `The user account ${userName} does not exist in the ${directory.tenant.domain} directory. To sign into this application, the account must be added to the directory.`,
    });
  }
  if (!user.enabled) throw new EntraError(50057);
  return user;
}

/** A sign-in with name and password. */
export function signIn(directory: Directory, userName: string, password: string): User {
  const user = activeUser(directory, userName.trim());
  if (user.password !== password) throw new EntraError(50126);
  return user;
}
