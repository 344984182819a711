import { breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const throttled: Situation = {
  servers: [
    breaks('smtp.login', 'send', 'throttled', {
      submission: {
        from: 'sales@example.com',
        mailFrom: '432 4.3.2 Concurrent connections limit exceeded',
      },
    }),
  ],
  owner: 'ece-administrator',
  item: 'X7',
  says: 'asks to slow down',
};
