import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useCatalogue } from '../api/catalogue.ts';
import { answer, api } from '../api/client.ts';
import { comparisonKey } from '../api/live.ts';
import { ASK_AGAIN_MS, useFindings } from '../api/queries.ts';
import { SiteShell } from '../ui/site-shell.tsx';
import { useMay } from '../ui/use-role.ts';
import { Loading, Trouble } from '../ui/trouble.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import style from './comparison-page.module.css';
import { Findings } from './findings.tsx';
import { Legend } from './legend.tsx';
import { Matrix } from './matrix.tsx';
import { RunNow } from './run-now.tsx';
import { arranged, toTable, verdictOf } from './table.ts';
import { Verdict } from './verdict.tsx';

const ResultPanel = lazy(async () => ({ default: (await import('../result/result-panel.tsx')).ResultPanel }));

/** From so many servers on, those that are alike share a column until somebody wants to see each. */
const FOLD_FROM = 12;

export function ComparisonPage({ siteId }: { siteId: string }) {
  const words = useWords();
  return (
    <SiteShell siteId={siteId} place="comparison" title={words.nav.comparison}>
      {(live) => <ByServer siteId={siteId} live={live} />}
    </SiteShell>
  );
}

function ByServer({ siteId, live }: { siteId: string; live: boolean }) {
  const { words, language } = useSpeech();
  const headers = { 'Accept-Language': language };
  const path = { siteId };
  const comparison = useQuery({
    queryKey: comparisonKey(siteId, language),
    queryFn: async () =>
      arranged(await answer(api.GET('/v1/sites/{siteId}/comparison', { params: { path, header: headers } }))),
    refetchInterval: live ? false : ASK_AGAIN_MS,
    placeholderData: (previous) => previous,
  });
  const asked = useCatalogue();
  const mayRun = useMay(siteId, 'operator');
  const findings = useFindings(siteId, 'open', live);
  const [fold, setFold] = useState<boolean | null>(null);
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const [search, setSearch] = useSearchParams();
  // A burst of results must not stand in the way of a click.
  const shown = useDeferredValue(comparison.data);
  const folded = fold ?? (shown ? shown.servers.length > FOLD_FROM : false);
  const { data: catalogue } = asked;
  const table = useMemo(
    () => shown && catalogue && toTable(shown, { fold: folded, onlyDifferent, catalogue }),
    [shown, catalogue, folded, onlyDifferent],
  );
  const verdict = useMemo(() => shown && catalogue && verdictOf(shown, catalogue), [shown, catalogue]);

  for (const { data, error, refetch } of [comparison, asked])
    if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!shown || !catalogue || !table || !verdict) return <Loading />;
  const open = findings.data?.items ?? [];
  const resultId = search.get('result');
  return (
    <>
      <div className={style.head}>
        <Verdict verdict={verdict} comparison={shown} findings={open} />
        {mayRun && <RunNow siteId={siteId} />}
      </div>
      <Findings siteId={siteId} findings={open} />
      <section className={style.table} aria-labelledby="by-server">
        <div className={style.bar}>
          <h2 id="by-server">{words.comparison.title}</h2>
          <Legend />
          <label className={style.choice}>
            <input
              type="checkbox"
              checked={onlyDifferent}
              onChange={(event) => setOnlyDifferent(event.target.checked)}
            />
            {words.comparison.onlyDifferent}
          </label>
          {shown.servers.length > 2 && (
            <label className={style.choice}>
              <input type="checkbox" checked={folded} onChange={(event) => setFold(event.target.checked)} />
              {words.comparison.fold}
            </label>
          )}
        </div>
        <Matrix
          siteId={siteId}
          table={table}
          servers={shown.servers}
          catalogue={catalogue}
          onOpen={(id) => setSearch({ result: id })}
        />
      </section>
      {resultId && (
        <Suspense>
          <ResultPanel siteId={siteId} comparison={shown} resultId={resultId} onClose={() => setSearch({})} />
        </Suspense>
      )}
    </>
  );
}
