import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { useBaselines, useChanges } from '../api/history-queries.ts';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import { Baselines } from './baselines.tsx';
import { Changes } from './changes.tsx';
import { HOURS_BACK, localText, momentOf, spanOf } from './span.ts';
import style from './then-page.module.css';
import { AsItWas } from './as-it-was.tsx';

/** Two moments, or a baseline and now: what broke in between, what healed, and how it was then. */
export function ThenPage({ siteId }: { siteId: string }) {
  const words = useWords();
  return (
    <SiteShell siteId={siteId} place="then" title={words.past.title}>
      {() => <Between siteId={siteId} />}
    </SiteShell>
  );
}

function Between({ siteId }: { siteId: string }) {
  const { past: words } = useWords();
  const [search] = useSearchParams();
  // "An hour ago" is an hour before the page was opened, not before each look at it.
  const [opened] = useState(() => Date.now());
  const span = spanOf(search, opened);
  const changes = useChanges(siteId, span);
  return (
    <>
      <div className="title-bar">
        <h1>{words.title}</h1>
      </div>
      <div className={style.columns}>
        <div className={style.main}>
          <Choice siteId={siteId} opened={opened} />
          <Answered by={changes}>
            {({ from, to, items }) => <Changes siteId={siteId} from={from} to={to} items={items} />}
          </Answered>
          <AsItWas siteId={siteId} span={span} />
        </div>
        <Baselines siteId={siteId} chosen={span.baseline} />
      </div>
    </>
  );
}

/** From when until when. */
function Choice({ siteId, opened }: { siteId: string; opened: number }) {
  const { past: words } = useWords();
  const { language } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const { data } = useBaselines(siteId);
  const [since, until] = [momentOf(search.get('since')), momentOf(search.get('until'))];
  const chosen =
    search.get('baseline') ?? (since === null ? `hours ${search.get('hours') ?? '1'}` : 'moment');
  const change = (kept: Record<string, string | null>): void => {
    const next = { until, ...kept };
    setSearch(
      Object.fromEntries(Object.entries(next).filter((each): each is [string, string] => Boolean(each[1]))),
    );
  };
  const choose = (value: string): void => {
    if (value.startsWith('hours ')) change({ hours: value.slice(6) });
    else if (value === 'moment') change({ since: new Date(opened - 3_600_000).toISOString() });
    else change({ baseline: value });
  };
  const shown = new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return (
    <form className={style.choice} onSubmit={(event) => event.preventDefault()}>
      <label className="field">
        <span>{words.before}</span>
        <select value={chosen} onChange={({ target }) => choose(target.value)}>
          {HOURS_BACK.map((hours) => (
            <option key={hours} value={`hours ${hours}`}>
              {words.ago(hours)}
            </option>
          ))}
          <option value="moment">{words.moment}</option>
          {data && data.items.length > 0 && (
            <optgroup label={words.baselines}>
              {data.items.map(({ id, name, at }) => (
                <option key={id} value={id}>
                  {name} ({shown.format(new Date(at))})
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      {chosen === 'moment' && (
        <label className="field">
          <span>{words.from}</span>
          <input
            type="datetime-local"
            value={localText(since)}
            onChange={({ target }) => target.value !== '' && change({ since: momentOf(target.value) })}
          />
        </label>
      )}
      <label className="field">
        <span>{words.until}</span>
        <input
          type="datetime-local"
          value={localText(until)}
          onChange={({ target }) =>
            change({
              since,
              hours: search.get('hours'),
              baseline: search.get('baseline'),
              until: momentOf(target.value),
            })
          }
        />
      </label>
    </form>
  );
}
