import { useSpeech } from '../words/words.tsx';
import { secondsSince, useNow } from './use-now.ts';

/** A moment in the reader's zone, with how long ago it was. */
export function Moment({ at, aged = true }: { at: string; aged?: boolean }) {
  const { words, language } = useSpeech();
  const now = useNow();
  const shown = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return (
    <time dateTime={at}>
      {shown.format(new Date(at))}
      {aged && ` (${words.age(secondsSince(at, now))})`}
    </time>
  );
}
