import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, done } from '../api/client.ts';
import type { Credential, Mailbox, SiteServer } from '../api/types.ts';
import { StateIcon } from '../ui/dot.tsx';
import { Moment } from '../ui/moment.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { secondsSince, useNow } from '../ui/use-now.ts';
import { useWords } from '../words/words.tsx';
import style from './mailboxes-page.module.css';
import { StartSignIn } from './start-sign-in.tsx';

interface Props {
  mailbox: Mailbox;
  credential: Credential | undefined;
  servers: readonly SiteServer[];
  mayAct: boolean;
}

export function MailboxCard({ mailbox, credential, servers, mayAct }: Props) {
  const words = useWords();
  const protocols = [
    mailbox.imapEnabled && 'IMAP',
    mailbox.popEnabled && 'POP',
    mailbox.smtpAuthEnabled && 'SMTP',
  ].filter((each) => typeof each === 'string');
  return (
    <li className={style.mailbox}>
      <h2>{mailbox.address}</h2>
      {mailbox.userName !== mailbox.address && (
        <p className={style.user}>{words.mailboxes.signsIn(mailbox.userName)}</p>
      )}
      <dl>
        <dt>{words.mailboxes.token}</dt>
        <dd>{credential ? <Token credential={credential} servers={servers} /> : <NoToken />}</dd>
        {mailbox.licence && (
          <>
            <dt>{words.mailboxes.licence}</dt>
            <dd>{mailbox.licence}</dd>
          </>
        )}
        {protocols.length > 0 && (
          <>
            <dt>{words.mailboxes.enabled}</dt>
            <dd>{words.list(protocols)}</dd>
          </>
        )}
      </dl>
      {mailbox.roundTrip && <p className={style.user}>{words.mailboxes.roundTripOn}</p>}
      {mayAct && (
        <div className={style.acts}>
          <StartSignIn mailbox={mailbox} servers={servers} again={credential !== undefined} />
          <Remove mailbox={mailbox} />
        </div>
      )}
    </li>
  );
}

function NoToken() {
  const { mailboxes } = useWords();
  return (
    <span className={style.token}>
      <StateIcon state="none" size={15} />
      {mailboxes.noToken}
    </span>
  );
}

function Token({ credential, servers }: { credential: Credential; servers: readonly SiteServer[] }) {
  const words = useWords();
  const now = useNow();
  const nameOf = (id: string) => servers.find((server) => server.id === id)?.name ?? id;
  const { refreshedAt, refreshedBy, obtainedAt, obtainedBy, hasRefreshToken, accessTokenExpiresAt } =
    credential;
  const by =
    refreshedBy === null
      ? words.mailboxes.obtainedBy(nameOf(obtainedBy))
      : words.mailboxes.refreshedBy(nameOf(refreshedBy));
  return (
    <>
      <span className={style.token}>
        <StateIcon state={hasRefreshToken ? 'pass' : 'warning'} size={15} />
        <span>
          {by} · {words.age(secondsSince(refreshedAt ?? obtainedAt, now))}
        </span>
      </span>
      <span className={style.until}>
        {words.mailboxes.good} <Moment at={accessTokenExpiresAt} aged={false} />
      </span>
      {!hasRefreshToken && <span className={style.until}>{words.mailboxes.noRefresh}</span>}
    </>
  );
}

function Remove({ mailbox: { id, siteId, address } }: { mailbox: Mailbox }) {
  const { mailboxes: words } = useWords();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/v1/sites/{siteId}/mailboxes/{mailboxId}', {
          params: { path: { siteId, mailboxId: id } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mailboxes', siteId] }),
  });
  return (
    <>
      <SureButton
        label={words.remove}
        of={address}
        ask={words.removeSure}
        busy={remove.isPending}
        onSure={() => remove.mutate()}
      />
      <Refusal error={remove.error} />
    </>
  );
}
