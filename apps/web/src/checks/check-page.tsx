import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useSeries } from '../api/history-queries.ts';
import type { Series } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Moment } from '../ui/moment.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import { BandChart } from './band-chart.tsx';
import { scaleOf, slotsOf } from './bands.ts';
import style from './check-page.module.css';

const WINDOWS = [1, 6, 24, 168, 720] as const;
const SLOTS = 90;

/** One check against one target on all servers, over time: how long it took, and where it failed. */
export function CheckPage({ siteId, check }: { siteId: string; check: string }) {
  const words = useWords();
  const [search, setSearch] = useSearchParams();
  const target = search.get('target') ?? '';
  const hours = WINDOWS.find((each) => each === Number(search.get('hours'))) ?? 6;
  const asked = useSeries(siteId, check, target, hours, SLOTS);
  const [asTable, setAsTable] = useState(false);
  const title = words.check[check] ?? check;
  return (
    <SiteShell siteId={siteId} place="servers" title={title}>
      {() => (
        <>
          <div className="title-bar">
            <div>
              <h1>{title}</h1>
              <p className="lead">{words.overTime.lead}</p>
            </div>
            <div className={style.controls}>
              <label>
                <input
                  type="checkbox"
                  checked={asTable}
                  onChange={({ target: box }) => setAsTable(box.checked)}
                />
                {words.overTime.table}
              </label>
              <label>
                <span className="spoken">{words.server.window}</span>
                <select value={hours} onChange={({ target: box }) => setSearch({ target, hours: box.value })}>
                  {WINDOWS.map((each) => (
                    <option key={each} value={each}>
                      {words.overTime.last(each)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          </div>
          <Answered by={asked}>
            {(series) => <Servers siteId={siteId} series={series} asTable={asTable} />}
          </Answered>
        </>
      )}
    </SiteShell>
  );
}

function Servers({ siteId, series, asTable }: { siteId: string; series: Series; asTable: boolean }) {
  const words = useWords();
  const { servers, marks, from, to } = series;
  const scale = scaleOf(servers.map(({ buckets }) => buckets));
  if (servers.every(({ buckets }) => slotsOf(buckets).length === 0))
    return <Empty title={words.server.none} lead={words.server.noneLead} />;
  return (
    <>
      <ul className={style.legend}>
        <li>
          <i data-of="median" />
          {words.overTime.median}
        </li>
        <li>
          <i data-of="band" />
          {words.overTime.band}
        </li>
        <li>
          <b aria-hidden="true">✕</b>
          {words.overTime.failed}
        </li>
        {marks.length > 0 && (
          <li>
            <i data-of="mark" />
            {words.overTime.marks}
          </li>
        )}
      </ul>
      <ul className={style.servers}>
        {servers.map(({ serverId, serverName, buckets }) => (
          <li key={serverId}>
            <h2>
              <Link href={paths.server(siteId, serverId)}>{serverName}</Link>
            </h2>
            <p className={style.sum}>
              <Sum buckets={buckets} />
            </p>
            {asTable ? (
              <Numbers buckets={buckets} />
            ) : (
              <div className={style.frame}>
                <span className={style.top}>{words.ms(scale)}</span>
                <BandChart buckets={buckets} scale={scale} marks={marks} from={from} to={to} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <p className={style.axis}>
        <Moment at={from} aged={false} />
        <span>{words.overTime.slot(series.bucketSeconds)}</span>
        <Moment at={to} aged={false} />
      </p>
    </>
  );
}

type Buckets = Series['servers'][number]['buckets'];

/** What the chart shows, in words. */
function Sum({ buckets }: { buckets: Buckets }) {
  const words = useWords();
  const seen = buckets.flatMap((bucket) => bucket ?? []);
  const all = seen.reduce((sum, { pass, warn, fail }) => sum + pass + warn + fail, 0);
  const failed = seen.reduce((sum, { fail }) => sum + fail, 0);
  const medians = seen.flatMap(({ durationMs }) => durationMs?.median ?? []).toSorted((a, b) => a - b);
  const median = medians[Math.floor(medians.length / 2)];
  const p95 = Math.max(0, ...seen.flatMap(({ durationMs }) => durationMs?.p95 ?? []));
  return (
    <>
      <span>{words.server.bar(failed, all)}</span>
      {median !== undefined && (
        <span>
          {words.overTime.median} {words.ms(median)} · p95 {words.ms(p95)}
        </span>
      )}
    </>
  );
}

/** The same numbers, for who reads them or has them read. */
function Numbers({ buckets }: { buckets: Buckets }) {
  const { words, language } = useSpeech();
  const clock = new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return (
    <div className={style.scroll}>
      <table className={style.numbers} data-figures>
        <thead>
          <tr>
            {[
              words.overTime.at,
              words.overTime.results,
              words.overTime.failed,
              words.overTime.least,
              words.overTime.median,
              'p95',
            ].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets
            .flatMap((bucket) => bucket ?? [])
            .map(({ at, pass, warn, fail, durationMs }) => (
              <tr key={at}>
                <th scope="row">
                  <time dateTime={at}>{clock.format(new Date(at))}</time>
                </th>
                <td>{pass + warn + fail}</td>
                <td>{fail}</td>
                {(['least', 'median', 'p95'] as const).map((of) => (
                  <td key={of}>{durationMs ? words.ms(durationMs[of]) : '–'}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
