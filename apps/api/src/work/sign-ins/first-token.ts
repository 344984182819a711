import type { Grant, Task } from '@mailpath/protocol';
import { tokenTask } from '../../fleet/tasks/mail-tasks.ts';
import type { Site } from '../../estate/sites/site.ts';

/** What obtains a user's first token. */
export const firstTokenTask = (site: Site, kind: Grant['kind'], userName: string): Task =>
  tokenTask(site, kind === 'device-code' ? 'token.device-code' : 'token.redeem', userName);
