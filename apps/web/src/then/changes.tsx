import { useState } from 'react';
import { Link } from 'wouter';
import type { CellChange, CellThen } from '../api/types.ts';
import { paths } from '../paths.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { placeOf } from '../ui/place-of.ts';
import { Empty } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './then-page.module.css';

const KINDS = ['worse', 'different', 'better', 'gone', 'appeared'] as const;
const ICON = {
  worse: 'error',
  different: 'warning',
  better: 'pass',
  gone: 'none',
  appeared: 'info',
} as const;

interface Props {
  siteId: string;
  from: string;
  to: string;
  items: readonly CellChange[];
}

/** One sentence with the counts, then every cell that is another, what got worse first. */
export function Changes({ siteId, from, to, items }: Props) {
  const words = useWords();
  const count = (kind: CellChange['kind']): number => items.filter((item) => item.kind === kind).length;
  return (
    <section className={style.changes} aria-labelledby="changes">
      <h2 id="changes">{words.past.sentence(count('worse'), count('better'), count('different'))}</h2>
      <p className="lead">
        <Moment at={from} /> – <Moment at={to} aged={false} />
      </p>
      {items.length === 0 ? (
        <Empty title={words.past.same} lead={words.past.sameLead} />
      ) : (
        <div className={style.scroll}>
          <table className={style.table}>
            <thead>
              <tr>
                <th scope="col">{words.comparison.check}</th>
                <th scope="col">{words.past.server}</th>
                <th scope="col">{words.past.before}</th>
                <th scope="col">{words.past.after}</th>
              </tr>
            </thead>
            {KINDS.map((kind) => {
              const own = items.filter((item) => item.kind === kind);
              if (own.length === 0) return null;
              return <Group key={kind} siteId={siteId} kind={kind} items={own} />;
            })}
          </table>
        </div>
      )}
    </section>
  );
}

interface GroupProps {
  siteId: string;
  kind: CellChange['kind'];
  items: readonly CellChange[];
}

/** The cells that changed alike. What was known at one of the moments alone broke nothing, and is folded. */
function Group({ siteId, kind, items }: GroupProps) {
  const words = useWords();
  const folds = kind === 'appeared' || kind === 'gone';
  const [open, setOpen] = useState(!folds);
  const name = (
    <>
      <StateIcon state={ICON[kind]} size={14} />
      {words.past.kind[kind]}
      <i>{items.length}</i>
    </>
  );
  return (
    <tbody data-kind={kind}>
      <tr>
        <th colSpan={4} scope="rowgroup">
          {folds ? (
            <button
              className={`button quiet ${style.fold}`}
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {name}
              <small>{open ? words.past.fold : words.past.unfold}</small>
            </button>
          ) : (
            <span>{name}</span>
          )}
        </th>
      </tr>
      {open &&
        items.map((item) => (
          <tr key={`${item.check} ${item.target.name} ${item.serverId}`}>
            <th scope="row">
              {words.check[item.check] ?? item.title}
              <small>{placeOf(item.target)}</small>
            </th>
            <td>
              <Link href={paths.server(siteId, item.serverId)}>{item.serverName}</Link>
            </td>
            <td>
              <Cell siteId={siteId} cell={item.before} />
            </td>
            <td>
              <Cell siteId={siteId} cell={item.after} />
            </td>
          </tr>
        ))}
    </tbody>
  );
}

function Cell({ siteId, cell }: { siteId: string; cell: CellThen | null }) {
  const words = useWords();
  if (!cell)
    return (
      <span className={style.cell}>
        <StateIcon state="none" size={14} />
        {words.comparison.none}
      </span>
    );
  const state =
    cell.outcome === 'fail'
      ? 'error'
      : cell.outcome === 'warn'
        ? 'warning'
        : cell.outcome === 'pass'
          ? 'pass'
          : 'none';
  const why = [cell.phase && words.phase[cell.phase], cell.code && words.code[cell.code]]
    .filter(Boolean)
    .join(' ');
  return (
    <Link className={style.cell} href={paths.result(siteId, cell.resultId)} data-state={state}>
      <StateIcon state={state} size={14} />
      {why === '' ? `${words.outcome[cell.outcome]} · ${words.ms(cell.ms)}` : why}
    </Link>
  );
}
