import { useChecklist } from '../api/queries.ts';
import type { ChecklistEntry } from '../api/types.ts';
import { paths } from '../paths.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Trouble } from '../ui/trouble.tsx';
import { useSpeech, useWords } from '../words/words.tsx';
import style from './checklist-page.module.css';

/** How a verdict looks: shape before colour. */
const ICON = { holds: 'pass', broken: 'error', 'cannot-tell': 'none' } as const;

/** Cisco's checklist, item by item, as one would hand it to TAC. It prints as it stands. */
export function ChecklistPage({ siteId }: { siteId: string }) {
  const { words, language } = useSpeech();
  const { data, error, refetch } = useChecklist(siteId);
  return (
    <SiteShell siteId={siteId} place="checklist" title={words.nav.checklist}>
      {() => (
        <>
          <div className="title-bar">
            <div>
              <h1>{words.checklist.title}</h1>
              {data && (
                <p className="lead">
                  {data.siteName} · <Moment at={data.generatedAt} aged={false} />
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
          {error && !data && <Trouble error={error} again={() => void refetch()} />}
          {data && (
            <>
              <Entries entries={data.entries} />
              <h2 className={style.second}>{words.checklist.smtp}</h2>
              <table className={style.table}>
                <Head />
                <tbody>
                  {data.readiness.map((each) => (
                    <tr key={`${each.mailbox} ${each.server}`}>
                      <th scope="row">SMTP</th>
                      <td>
                        <Verdict
                          icon={
                            each.state === 'ready' ? 'pass' : each.state === 'not-ready' ? 'error' : 'none'
                          }
                          word={words.checklist.readiness[each.state]}
                        />
                      </td>
                      <td>
                        {each.mailbox} <small>{each.server}</small>
                      </td>
                      <td>
                        <p>{each.sentence}</p>
                        {each.nextStep && <p className={style.next}>{each.nextStep}</p>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
        </>
      )}
    </SiteShell>
  );
}

function Entries({ entries }: { entries: readonly ChecklistEntry[] }) {
  const words = useWords();
  return (
    <table className={style.table}>
      <Head />
      <tbody>
        {entries.map((entry, i) => (
          <tr key={`${entry.item} ${entry.subject.kind} ${entry.subject.name}`} data-verdict={entry.verdict}>
            <th scope="row">
              {entry.item}
              {entries[i - 1]?.item !== entry.item && <small>{entry.title}</small>}
            </th>
            <td>
              <Verdict icon={ICON[entry.verdict]} word={words.checklist.verdict[entry.verdict]} />
            </td>
            <td>{entry.subject.name}</td>
            <td>
              <p>{entry.sentence}</p>
              {entry.nextStep && <p className={style.next}>{entry.nextStep}</p>}
              <p className={style.statements}>{entry.statements.join(' ')}</p>
            </td>
          </tr>
        ))}
      </tbody>
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
    <span className={style.verdict}>
      <StateIcon state={icon} size={16} />
      {word}
    </span>
  );
}
