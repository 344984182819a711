import { memo, useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { type Catalogue, factsOf } from '../api/check-facts.ts';
import type { Cell, Phase, Row, Server } from '../api/types.ts';
import { paths } from '../paths.ts';
import { placeOf } from '../ui/place-of.ts';
import { useWords } from '../words/words.tsx';
import { CellView } from './cell.tsx';
import { ColumnHead } from './column-head.tsx';
import { move } from './grid-keys.ts';
import { ITEMS } from './lane-items.ts';
import style from './matrix.module.css';
import { unlike, type Column, type Table } from './table.ts';

/** From so many columns on, cells are marks without words. */
const DENSE_FROM = 17;

interface Props {
  siteId: string;
  table: Table;
  servers: readonly Server[];
  catalogue: Catalogue;
  onOpen: (resultId: string) => void;
}

/** The comparison as a grid (ARIA APG): one stop of the Tab key, arrows inside, Enter opens. */
export function Matrix({ siteId, table, servers, catalogue, onOpen }: Props) {
  const words = useWords();
  const columns = table.groups.flatMap((group) => group.columns);
  const density = columns.length >= DENSE_FROM ? 'dense' : 'roomy';
  const open = (event: MouseEvent<HTMLTableElement>) => {
    const link = (event.target as Element).closest('a');
    // With a key held, the browser opens it in a tab or window of its own.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(new URL(link.href).searchParams.get('result') ?? '');
  };
  const grid = useRef<HTMLTableElement>(null);
  useEffect(() => {
    // The Tab key comes to one cell: the first that fails, or the first.
    const own = grid.current;
    if (!own || own.querySelector('[data-cell][tabindex="0"]')) return;
    const start =
      own.querySelector<HTMLElement>('[data-kind="error"] [data-cell]') ??
      own.querySelector<HTMLElement>('[data-cell]');
    if (start) start.tabIndex = 0;
  });
  const onKey = (event: KeyboardEvent<HTMLTableElement>) => {
    if (move(event.currentTarget, event.target as HTMLElement, event.key, event.ctrlKey))
      event.preventDefault();
  };
  return (
    <div className={style.frame} data-density={density}>
      {/* A grid of the ARIA practices is a table that is used cell by cell. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table ref={grid} className={style.matrix} role="grid" onClick={open} onKeyDown={onKey}>
        <caption className="spoken">{words.comparison.caption}</caption>
        <colgroup>
          <col className={style.checks} />
        </colgroup>
        {table.groups.map(({ role, columns: own }) => (
          <colgroup key={role} span={own.length} />
        ))}
        <thead>
          <tr className={style.roles}>
            <th scope="col">
              <span className="spoken">{words.comparison.check}</span>
            </th>
            {table.groups.map(({ role, columns: own }) => (
              <th key={role} colSpan={own.length} scope="colgroup">
                <span>{words.comparison.role[role]}</span>
              </th>
            ))}
          </tr>
          <tr className={style.heads}>
            <th scope="col" className={style.corner}>
              {words.comparison.check}
            </th>
            {table.groups.map(({ role, columns: own }) =>
              own.map((column, i) => (
                <ColumnHead key={column.key} column={column} first={i === 0} role={role} />
              )),
            )}
          </tr>
        </thead>
        {table.bands.map(({ lane, rows, failing }) => (
          <tbody key={lane}>
            <tr className={style.band}>
              <th colSpan={columns.length + 1} scope="rowgroup">
                <span>
                  {words.comparison.lane[lane]}
                  {ITEMS[lane].map((item) => (
                    <i key={item}>{item}</i>
                  ))}
                  {failing > 0 && <b>{words.comparison.laneBad(failing)}</b>}
                </span>
              </th>
            </tr>
            {rows.map((row) => (
              <RowView
                key={`${row.check} ${row.target.name}`}
                siteId={siteId}
                row={row}
                table={table}
                servers={servers}
                phases={factsOf(catalogue, row.check).phases}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

const firstOfGroup = (table: Table): ReadonlySet<string> =>
  new Set(table.groups.map(({ columns }) => (columns[0] as Column).key));

const RowView = memo(
  function RowView({
    siteId,
    row,
    table,
    servers,
    phases,
  }: {
    siteId: string;
    row: Row;
    table: Table;
    servers: readonly Server[];
    phases: readonly Phase[];
  }) {
    const words = useWords();
    const others = unlike(row, servers, words.comparison.others);
    const firsts = firstOfGroup(table);
    const total = phases.length;
    const reached = (cell: Cell): number =>
      cell.outcome === 'fail' && cell.phase ? Math.max(0, phases.indexOf(cell.phase)) : total;
    const name = words.check[row.check] ?? row.title;
    return (
      <tr className={style.row}>
        <th scope="row">
          <span className={style.name}>{name}</span>
          <span className={style.target} data-mailbox={row.target.mailbox}>
            {placeOf(row.target)}
          </span>
        </th>
        {table.groups.flatMap(({ columns }) =>
          columns.map((column) => {
            const cells = column.at.map((at) => row.cells[at] as Cell);
            const cell = cells[0] as Cell;
            return (
              <CellView
                key={column.key}
                cell={cell}
                ms={cells.length > 1 ? median(cells) : cell.ms}
                total={total}
                reached={reached(cell)}
                first={firsts.has(column.key)}
                unlike={others.get(cell.serverId)?.join('\n') ?? null}
                href={cell.resultId && paths.result(siteId, cell.resultId)}
                label={`${name}, ${column.servers[0]?.name ?? ''}`}
              />
            );
          }),
        )}
      </tr>
    );
  },
  // The columns of one table are the same for all rows: a row is drawn again when it or they changed.
  (a, b) => a.row === b.row && sameColumns(a.table, b.table),
);

const sameColumns = (a: Table, b: Table): boolean => a === b || columnKeys(a) === columnKeys(b);
const keys = new WeakMap<Table, string>();
function columnKeys(table: Table): string {
  const known = keys.get(table);
  if (known !== undefined) return known;
  const key = table.groups.map(({ columns }) => columns.map(({ at }) => at.join()).join(' ')).join('|');
  keys.set(table, key);
  return key;
}

function median(cells: readonly Cell[]): number | null {
  const all = cells.flatMap(({ ms }) => (ms === null ? [] : [ms])).toSorted((a, b) => a - b);
  return all[Math.floor(all.length / 2)] ?? null;
}
