import { but, svc } from '../testing/fixtures.ts';
import { connectOf, sections } from '../testing/healthy.ts';
import type { Situation } from '../testing/situation.ts';

export const pathOneFrontEnd: Situation = {
  servers: [
    but(svc(), 'imap.tls', (result) => ({
      ...result,
      outcome: 'warn',
      reason: '52.96.0.10 said nothing; another address of the same name served.',
      evidence: sections(result.evidence, {
        connect: {
          ...connectOf(),
          used: '52.96.0.11',
          spokenWith: [
            { address: '52.96.0.10', phase: 'tls', outcome: 'timeout', ms: 4_000 },
            { address: '52.96.0.11', phase: 'greet', outcome: 'served', ms: 60 },
          ],
        },
      }),
    })),
  ],
  owner: 'network',
  item: 'C10',
  confidence: 'possible',
  says: '52.96.0.10 of outlook.office365.com accepts the connection and then says nothing; 52.96.0.11',
};
