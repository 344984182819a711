// One of several processes that record side by side: it is sent numbers of situations, and answers with recordings.
import { Ground } from './ground.ts';
import { record, type Recording } from './record.ts';
import { HEALTHY, RECORDABLE } from './situations.ts';

/** What a lane answers. */
export interface Recorded {
  index: number;
  recording: Recording;
}

const [, , lane, patience] = process.argv.map(Number);
const ground = await Ground.open(lane ?? 0);
// What is loaded and made once would be taken for a slow network.
await record(ground, HEALTHY);

let turn = Promise.resolve();
process.on('message', (index: number) => {
  turn = turn.then(async () => {
    const situation = RECORDABLE[index];
    if (!situation) throw new Error(`there is no situation ${index}`);
    process.send?.({ index, recording: await record(ground, situation, patience) } satisfies Recorded);
  });
});
process.once('disconnect', () => void ground.close().then(() => process.exit()));
process.send?.('ready');
