import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { answer, api } from '../api/client.ts';
import type { Mailbox, SiteServer } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Refusal } from '../ui/refusal.tsx';
import { useWords } from '../words/words.tsx';
import style from './mailboxes-page.module.css';

/** The address to open is told once: it is kept for the page of the sign-in, and nowhere else. */
export const startOf = (signInId: string) => ['sign-in-start', signInId] as const;

interface Props {
  mailbox: Mailbox;
  servers: readonly SiteServer[];
  again: boolean;
}

/** An application server gets the first token, as ECE does it: it must be connected. */
export function StartSignIn({ mailbox: { siteId, userName, address }, servers, again }: Props) {
  const { mailboxes: words } = useWords();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const able = servers.filter(
    ({ roles, agent }) => roles.includes('application') && agent?.state === 'connected',
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const serverId = able.find(({ id }) => id === chosen)?.id ?? able[0]?.id;
  const start = useMutation({
    mutationFn: (id: string) =>
      answer(
        api.POST('/v1/sites/{siteId}/sign-ins', {
          params: { path: { siteId } },
          body: { userName, serverId: id, flow: 'browser' },
        }),
      ),
    onSuccess: (created) => {
      queries.setQueryData(startOf(created.id), created.startUrl);
      go(paths.signIn(siteId, created.id));
    },
  });
  if (serverId === undefined) return <p className={style.user}>{words.noApplication}</p>;
  return (
    <span className={style.start}>
      {able.length > 1 && (
        <label className={style.by}>
          <span>
            {words.on} <span className="spoken">{address}</span>
          </span>
          <select value={serverId} onChange={({ target }) => setChosen(target.value)}>
            {able.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button
        className={again ? 'button' : 'button primary'}
        type="button"
        disabled={start.isPending}
        onClick={() => start.mutate(serverId)}
      >
        {again ? words.signInAgain : words.signIn} <span className="spoken">{address}</span>
      </button>
      <Refusal error={start.error} />
    </span>
  );
}
