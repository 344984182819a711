import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { answer, api } from '../api/client.ts';
import type { AgentVersion } from '../api/types.ts';
import { Refusal } from '../ui/refusal.tsx';
import { useWords } from '../words/words.tsx';
import style from './agents-page.module.css';

const BUNDLE = 'mailpath-agent.cjs';
const MANIFEST = 'mailpath-agent.manifest.json';

/** Offers the signed build that lies beside the API: to one server first, then to all that allow it. */
export function BeginUpgrade({ siteId, versions }: { siteId: string; versions: readonly AgentVersion[] }) {
  const { upgrades: words } = useWords();
  const field = useId();
  const queries = useQueryClient();
  const downloads = useQuery({
    queryKey: ['downloads'],
    queryFn: () => answer(api.GET('/v1/downloads')),
  });
  const begin = useMutation({
    mutationFn: (first: string) =>
      answer(
        api.POST('/v1/sites/{siteId}/upgrades', {
          params: { path: { siteId } },
          body: {
            bundle: BUNDLE,
            manifest: MANIFEST,
            groups: [],
            hours: null,
            ...(first !== '' && { first }),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['upgrades', siteId] }),
  });
  if (!downloads.data) return null;
  const offered = new Set(downloads.data.items.map(({ name }) => name));
  const missing = [BUNDLE, MANIFEST].filter((name) => !offered.has(name));
  const allowed = versions.filter(({ upgrades }) => upgrades === 'allowed');
  const why = missing.length > 0 ? words.noBuild(missing) : allowed.length === 0 ? words.noneAllowed : null;
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const first = new FormData(event.currentTarget).get('first');
    begin.mutate(typeof first === 'string' ? first : '');
  }
  return (
    <section className={style.begin} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{words.begin}</h2>
      {why !== null ? (
        <p>{why}</p>
      ) : (
        <form onSubmit={submit}>
          <p>{words.beginLead}</p>
          <div className="field">
            <label htmlFor={field}>{words.goesFirst}</label>
            <select id={field} name="first">
              {allowed.map(({ serverId, serverName }) => (
                <option key={serverId} value={serverId}>
                  {serverName}
                </option>
              ))}
            </select>
          </div>
          <button className="button primary" type="submit" disabled={begin.isPending}>
            {words.begin}
          </button>
        </form>
      )}
      <Refusal error={begin.error} />
    </section>
  );
}
