import { useState } from 'react';
import { useFindings } from '../api/queries.ts';
import { FindingCard } from '../comparison/findings.tsx';
import style from '../comparison/findings.module.css';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';

const STATES = ['open', 'closed', 'all'] as const;

/** What is wrong, or was: the worst first, then the oldest, as the API orders them. */
export function FindingsPage({ siteId }: { siteId: string }) {
  const words = useWords();
  return (
    <SiteShell siteId={siteId} place="findings" title={words.nav.findings}>
      {(live) => <List siteId={siteId} live={live} />}
    </SiteShell>
  );
}

function List({ siteId, live }: { siteId: string; live: boolean }) {
  const { findings: words } = useWords();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const findings = useFindings(siteId, state, live);
  return (
    <>
      <div className="title-bar">
        <h1>{words.title}</h1>
        <label>
          <span className="spoken">{words.show}</span>
          <select value={state} onChange={({ target }) => setState(target.value as typeof state)}>
            {STATES.map((each) => (
              <option key={each} value={each}>
                {words.state[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Answered by={findings}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.none} lead={words.noneLead[state]} />
          ) : (
            <div className={style.findings}>
              <h2 className="spoken">{words.state[state]}</h2>
              <ul>
                {items.map((finding) => (
                  <FindingCard key={finding.id} siteId={siteId} finding={finding} />
                ))}
              </ul>
            </div>
          )
        }
      </Answered>
    </>
  );
}
