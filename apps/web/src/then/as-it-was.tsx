import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useCatalogue } from '../api/catalogue.ts';
import { type Span, useThen } from '../api/history-queries.ts';
import { Matrix } from '../comparison/matrix.tsx';
import { arranged, toTable } from '../comparison/table.ts';
import { paths } from '../paths.ts';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import type { Comparison } from '../api/types.ts';
import style from './then-page.module.css';

/** The whole comparison at the earlier moment, for who wants to see more than what changed. */
export function AsItWas({ siteId, span }: { siteId: string; span: Span }) {
  const { past: words } = useWords();
  const [open, setOpen] = useState(false);
  const asked = useThen(siteId, span, open);
  return (
    <details className={style.whole} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.whole}</summary>
      {open && (
        <Answered by={asked}>{(comparison) => <Whole siteId={siteId} comparison={comparison} />}</Answered>
      )}
    </details>
  );
}

function Whole({ siteId, comparison }: { siteId: string; comparison: Comparison }) {
  const { data: catalogue } = useCatalogue();
  const [, go] = useLocation();
  const shown = useMemo(() => arranged(comparison), [comparison]);
  const table = useMemo(
    () => catalogue && toTable(shown, { fold: shown.servers.length > 12, onlyDifferent: false, catalogue }),
    [shown, catalogue],
  );
  if (!catalogue || !table) return null;
  return (
    <Matrix
      siteId={siteId}
      table={table}
      servers={shown.servers}
      catalogue={catalogue}
      onOpen={(id) => go(paths.result(siteId, id))}
    />
  );
}
