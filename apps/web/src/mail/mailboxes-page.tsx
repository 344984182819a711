import { useServers } from '../api/queries.ts';
import { useCredentials, useMailboxes, useSignIns } from '../api/site-queries.ts';
import { Link } from 'wouter';
import { paths } from '../paths.ts';
import { Moment } from '../ui/moment.tsx';
import { SiteShell } from '../ui/site-shell.tsx';
import { Answered, Empty } from '../ui/trouble.tsx';
import { useMay } from '../ui/use-role.ts';
import { useWords } from '../words/words.tsx';
import { MailboxCard } from './mailbox-card.tsx';
import style from './mailboxes-page.module.css';
import { NewMailbox } from './new-mailbox.tsx';

/** The mailboxes of a site: who opens each, whether a token is there, and the way to a new one. */
export function MailboxesPage({ siteId }: { siteId: string }) {
  const words = useWords();
  const mailboxes = useMailboxes(siteId);
  const { data: credentials } = useCredentials(siteId);
  const { data: servers } = useServers(siteId);
  const mayAct = useMay(siteId, 'operator');
  return (
    <SiteShell siteId={siteId} place="mailboxes" title={words.mailboxes.title}>
      {() => (
        <>
          <div className="title-bar">
            <h1>{words.mailboxes.title}</h1>
          </div>
          <Answered by={mailboxes}>
            {({ items }) => (
              <>
                {items.length === 0 && <Empty title={words.mailboxes.none} lead={words.mailboxes.noneLead} />}
                <ul className={style.mailboxes}>
                  {items.map((mailbox) => (
                    <MailboxCard
                      key={mailbox.id}
                      mailbox={mailbox}
                      credential={credentials?.items.find(({ userName }) => userName === mailbox.userName)}
                      servers={servers?.items ?? []}
                      mayAct={mayAct}
                    />
                  ))}
                </ul>
                {mayAct && <NewMailbox siteId={siteId} />}
              </>
            )}
          </Answered>
          <Recent siteId={siteId} />
        </>
      )}
    </SiteShell>
  );
}

function Recent({ siteId }: { siteId: string }) {
  const words = useWords();
  const { data } = useSignIns(siteId);
  if (!data || data.items.length === 0) return null;
  return (
    <section className={style.recent} aria-labelledby="recent">
      <h2 id="recent">{words.mailboxes.recent}</h2>
      <ul>
        {data.items.map(({ id, userName, createdAt }) => (
          <li key={id}>
            <Link href={paths.signIn(siteId, id)}>{words.signIn.title(userName)}</Link>
            <Moment at={createdAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}
