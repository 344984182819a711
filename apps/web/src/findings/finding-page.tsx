import { Link } from 'wouter';
import { useCatalogue } from '../api/catalogue.ts';
import { factsOf } from '../api/check-facts.ts';
import { useFinding } from '../api/queries.ts';
import { useMailboxes } from '../api/site-queries.ts';
import type { FindingDetail } from '../api/types.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './finding-page.module.css';

/** One finding: why, who must act, what to do, what it rests on, and its life. */
export function FindingPage({ siteId, findingId }: { siteId: string; findingId: string }) {
  const words = useWords();
  const asked = useFinding(siteId, findingId);
  return (
    <SiteShell siteId={siteId} place="findings" title={asked.data?.headline ?? words.nav.findings}>
      {() => <Answered by={asked}>{(finding) => <Detail siteId={siteId} finding={finding} />}</Answered>}
    </SiteShell>
  );
}

function Detail({ siteId, finding }: { siteId: string; finding: FindingDetail }) {
  const words = useWords();
  const ticket = ticketOf(finding, words.findings);
  const basis = finding.results.filter((result) => result.basis);
  const consequences = finding.results.filter((result) => !result.basis);
  return (
    <article className={style.finding}>
      <header>
        <p className={style.kicker}>
          <StateIcon state={finding.severity} size={18} />
          <span>{words.severity[finding.severity]}</span>
          <b>{words.list(finding.servers.map(({ name }) => name))}</b>
          {finding.phase && <span>{words.phase[finding.phase]}</span>}
          {finding.code && <span>{words.code[finding.code]}</span>}
        </p>
        <h1>{finding.headline}</h1>
        {finding.headline !== finding.summary && <p className="lead">{finding.summary}</p>}
      </header>
      <section className={style.next} aria-labelledby="next-step">
        <h2 id="next-step">
          {words.findings.next} <b>{words.findings.owner[finding.owner]}</b>
        </h2>
        <p>{finding.nextStep}</p>
        <CopyButton text={ticket} label={words.findings.ticket} wide />
      </section>
      <dl className={style.facts}>
        <dt>{words.findings.cause}</dt>
        <dd>
          {finding.cause} <em>{words.findings.confidence[finding.confidence]}</em>
        </dd>
        {finding.excludes.length > 0 && (
          <>
            <dt>{words.findings.excludes}</dt>
            <dd>
              <Lines of={finding.excludes} />
            </dd>
          </>
        )}
        <dt>{words.findings.list}</dt>
        <dd>{[finding.checklistItem, ...finding.statements].join(' ')}</dd>
        {finding.links.length > 0 && (
          <>
            <dt>{words.findings.links}</dt>
            <dd>
              <ul>
                {finding.links.map(({ title, url }) => (
                  <li key={url}>
                    <a href={url} target="_blank" rel="noreferrer">
                      {title}
                    </a>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{words.findings.evidence}</dt>
        <dd>
          <Lines of={finding.evidence} />
        </dd>
        <dt>{words.findings.life}</dt>
        <dd>
          <ul className={style.life}>
            {finding.history.map(({ openedAt, closedAt }) => (
              <li key={openedAt} data-open={closedAt === null}>
                <Moment at={openedAt} aged={closedAt === null} /> {' – '}
                {closedAt === null ? words.findings.still : <Moment at={closedAt} aged={false} />}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <aside className={style.aside}>
        <Results siteId={siteId} title={words.findings.basis} results={basis} />
        <Results siteId={siteId} title={words.findings.consequences} results={consequences} />
      </aside>
    </article>
  );
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul className={style.lines}>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Results({
  siteId,
  title,
  results,
}: {
  siteId: string;
  title: string;
  results: FindingDetail['results'];
}) {
  const words = useWords();
  const { data: mailboxes } = useMailboxes(siteId);
  const { data: catalogue } = useCatalogue();
  if (results.length === 0) return null;
  // The name of a target tells something only where people gave it: a mailbox, and what a site added.
  const targetOf = (check: string, target: string): string =>
    mailboxes?.items.find(({ name }) => name === target)?.address ??
    (catalogue && factsOf(catalogue, check).lane === 'own' ? target : '');
  return (
    <section>
      <h2>{title}</h2>
      <ul className={style.results}>
        {results.map(({ resultId, server, check, target }) => (
          <li key={`${resultId} ${target}`}>
            <Link href={paths.result(siteId, resultId)}>
              {words.result.title(words.check[check] ?? check, server)}{' '}
              <small>{targetOf(check, target)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a colleague in another team needs to act, as plain text. */
function ticketOf(finding: FindingDetail, words: ReturnType<typeof useWords>['findings']): string {
  const { subject, servers } = finding;
  const place = [subject.host, subject.port].filter((part) => part !== undefined).join(':');
  return [
    finding.summary,
    `${words.servers}: ${servers.map(({ name }) => name).join(', ')}`,
    ...(place === '' ? [] : [`${words.place}: ${place}`]),
    `${words.since}: ${finding.since}`,
    `${words.cause}: ${finding.cause}`,
    `${words.next}: ${finding.nextStep}`,
    `${words.evidence}:`,
    ...finding.evidence.map((line) => `- ${line}`),
  ].join('\n');
}
