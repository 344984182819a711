import { useState } from 'react';
import type { Finding } from '../api/types.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { StateIcon } from '../ui/dot.tsx';
import { paths } from '../paths.ts';
import { secondsSince, useNow } from '../ui/use-now.ts';
import { useWords } from '../words/words.tsx';
import style from './findings.module.css';

const SHOWN = 3;

/** Open findings, the worst first as the API orders them: one card each, with who must act and what to do. */
export function Findings({ siteId, findings }: { siteId: string; findings: readonly Finding[] }) {
  const words = useWords();
  const [all, setAll] = useState(false);
  if (findings.length === 0) return null;
  return (
    <section id="findings" aria-labelledby="findings-title" className={style.findings}>
      <h2 id="findings-title" className="spoken">
        {words.findings.title}
      </h2>
      <ul>
        {findings.slice(0, all ? undefined : SHOWN).map((finding) => (
          <FindingCard key={finding.id} siteId={siteId} finding={finding} />
        ))}
      </ul>
      {!all && findings.length > SHOWN && (
        <button className="button quiet" type="button" onClick={() => setAll(true)}>
          {words.findings.more(findings.length - SHOWN)}
        </button>
      )}
    </section>
  );
}

export function FindingCard({ siteId, finding }: { siteId: string; finding: Finding }) {
  const words = useWords();
  const now = useNow();
  const names = finding.servers.map(({ name }) => name);
  return (
    <li className={style.card} data-severity={finding.severity}>
      <p className={style.kicker}>
        <StateIcon state={finding.severity} size={15} />
        <span className="spoken">{words.severity[finding.severity]}</span>
        <b>{words.list(names)}</b>
        <time dateTime={finding.since}>{words.age(secondsSince(finding.since, now))}</time>
      </p>
      <h3>
        <a href={paths.finding(siteId, finding.id)}>{finding.headline}</a>
      </h3>
      <div className={style.next}>
        <p className={style.owner}>{words.findings.owner[finding.owner]}</p>
        <p className={style.step}>{finding.nextStep}</p>
        <CopyButton text={finding.nextStep} label={finding.nextStep} />
      </div>
    </li>
  );
}
