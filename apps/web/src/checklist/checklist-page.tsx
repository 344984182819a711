import { useState } from 'react';
import { useChecklist } from '../api/queries.ts';
import type { Checklist } from '../api/types.ts';
import { paths } from '../paths.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import style from './checklist-page.module.css';
import { byItem, counted, type Item } from './grouped.ts';

/** How a verdict looks: shape before colour. */
const ICON = { holds: 'pass', broken: 'error', 'cannot-tell': 'none' } as const;
const READY = { ready: 'pass', 'not-ready': 'error', 'cannot-tell': 'none' } as const;
const COUNTED = ['broken', 'cannot-tell', 'holds'] as const;

/** Cisco's checklist, item by item, as one would hand it to TAC. It prints as it stands. */
export function ChecklistPage({ siteId }: { siteId: string }) {
  const { words, language } = useSpeech();
  const asked = useChecklist(siteId);
  return (
    <SiteShell siteId={siteId} place="checklist" title={words.nav.checklist}>
      {() => (
        <>
          <div className="title-bar">
            <div>
              <h1>{words.checklist.title}</h1>
              {asked.data && (
                <p className="lead">
                  {asked.data.siteName} · <Moment at={asked.data.generatedAt} aged={false} />
                </p>
              )}
            </div>
            <p className="actions screen-only">
              <a
                className="button"
                href={paths.report(siteId, language)}
                download={`mailpath-${siteId}.html`}
              >
                {words.checklist.report}
              </a>
              <button className="button" type="button" onClick={() => print()}>
                {words.checklist.print}
              </button>
            </p>
          </div>
          <Answered by={asked}>{(checklist) => <Both checklist={checklist} />}</Answered>
        </>
      )}
    </SiteShell>
  );
}

function Both({ checklist }: { checklist: Checklist }) {
  const { checklist: words } = useWords();
  const [onlyOpen, setOnlyOpen] = useState(false);
  const items = byItem(checklist.entries);
  const counts = counted(items);
  const readiness = checklist.readiness.filter(({ state }) => !onlyOpen || state !== 'ready');
  return (
    <>
      <div className={style.bar}>
        <ul>
          {COUNTED.map((verdict) => (
            <li key={verdict}>
              <StateIcon state={ICON[verdict]} size={16} />
              <b>{counts[verdict]}</b> {words.verdict[verdict]}
            </li>
          ))}
        </ul>
        <label className="screen-only">
          <input type="checkbox" checked={onlyOpen} onChange={({ target }) => setOnlyOpen(target.checked)} />
          {words.onlyOpen}
        </label>
      </div>
      <Entries items={items} onlyOpen={onlyOpen} statementsUrl={checklist.statementsUrl} />
      {readiness.length > 0 && (
        <>
          <h2 className={style.second}>{words.smtp}</h2>
          <table className={style.table}>
            <Head />
            <tbody>
              {readiness.map(({ mailbox, server, state, sentence, nextStep }) => (
                <tr key={`${mailbox} ${server}`}>
                  <th scope="row">{mailbox}</th>
                  <td>
                    <Verdict icon={READY[state]} word={words.readiness[state]} />
                  </td>
                  <td>{server}</td>
                  <td>
                    <p>{sentence}</p>
                    {nextStep && <p className={style.next}>{nextStep}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}

interface EntriesProps {
  items: readonly Item[];
  onlyOpen: boolean;
  statementsUrl: string;
}

function Entries({ items, onlyOpen, statementsUrl }: EntriesProps) {
  const words = useWords();
  return (
    <table className={style.table}>
      <Head />
      {items.map(({ item, title, lines: all }) => {
        const lines = all.filter(({ entry }) => !onlyOpen || entry.verdict !== 'holds');
        if (lines.length === 0) return null;
        return (
          <tbody key={item}>
            {lines.map(({ entry, subjects }, i) => (
              <tr key={subjects[0]}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={lines.length}>
                    {item} <small>{title}</small>
                  </th>
                )}
                <td>
                  <Verdict icon={ICON[entry.verdict]} word={words.checklist.verdict[entry.verdict]} />
                </td>
                <td>{words.list(subjects)}</td>
                <td>
                  <p>{entry.sentence}</p>
                  {entry.nextStep && <p className={style.next}>{entry.nextStep}</p>}
                  {entry.statements.length > 0 && (
                    <p className={style.statements}>
                      <a href={statementsUrl} target="_blank" rel="noreferrer" title={words.checklist.cisco}>
                        {entry.statements.join(' ')}
                      </a>
                    </p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Head() {
  const { checklist } = useWords();
  return (
    <thead>
      <tr>
        {[checklist.item, checklist.state, checklist.subject, checklist.why].map((word) => (
          <th key={word} scope="col">
            {word}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Verdict({ icon, word }: { icon: 'pass' | 'error' | 'none'; word: string }) {
  return (
    <span className={style.verdict} data-state={icon}>
      <StateIcon state={icon} size={16} />
      {word}
    </span>
  );
}
