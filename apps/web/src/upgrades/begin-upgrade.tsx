import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { AgentVersion } from '../api/types.ts';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import style from './agents-page.module.css';
import { groupsOf, type Hours, type WrongHours, wrongHours } from './plan.ts';
import { UpgradeGroups } from './upgrade-groups.tsx';
import { UpgradeHours } from './upgrade-hours.tsx';

const BUNDLE = 'mailpath-agent.cjs';
const MANIFEST = 'mailpath-agent.manifest.json';

/** Offers the signed build that lies beside the API: to one server first, then to all that allow it. */
export function BeginUpgrade({ siteId, versions }: { siteId: string; versions: readonly AgentVersion[] }) {
  const { upgrades: words } = useWords();
  const field = useId();
  const downloads = useQuery({
    queryKey: ['downloads'],
    queryFn: () => answer(api.GET('/v1/downloads')),
  });
  if (!downloads.data) return null;
  const offered = new Set(downloads.data.items.map(({ name }) => name));
  const missing = [BUNDLE, MANIFEST].filter((name) => !offered.has(name));
  const allowed = versions.filter(({ upgrades }) => upgrades === 'allowed');
  const why = missing.length > 0 ? words.noBuild(missing) : allowed.length === 0 ? words.noneAllowed : null;
  return (
    <section className={style.begin} aria-labelledby={`${field}-title`}>
      <h2 id={`${field}-title`}>{words.begin}</h2>
      {why !== null ? <p>{why}</p> : <PlanForm siteId={siteId} allowed={allowed} />}
    </section>
  );
}

/** Where a wrong time is typed anew. */
const PLACE = { days: 'days', from: 'from', to: 'to', same: 'to' } as const;

function PlanForm({ siteId, allowed }: { siteId: string; allowed: readonly AgentVersion[] }) {
  const { upgrades: words } = useWords();
  const queries = useQueryClient();
  const [chosenFirst, setFirst] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const [hours, setHours] = useState<Hours | null>(null);
  const [wrong, setWrong] = useState<WrongHours | null>(null);
  // Servers come and go while the form is open: what was chosen of one that has gone is not sent.
  const ids = new Set(allowed.map(({ serverId }) => serverId));
  const first = chosenFirst !== undefined && ids.has(chosenFirst) ? chosenFirst : allowed[0]?.serverId;
  const following = allowed.filter(({ serverId }) => serverId !== first);
  const begin = useMutation({
    mutationFn: (body: { first: string; groups: string[][]; hours: Hours | null }) =>
      answer(
        api.POST('/v1/sites/{siteId}/upgrades', {
          params: { path: { siteId } },
          body: { bundle: BUNDLE, manifest: MANIFEST, ...body },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['upgrades', siteId] }),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const found = hours && wrongHours(hours);
    setWrong(found);
    if (found) event.currentTarget.querySelector<HTMLElement>(`[name=${PLACE[found]}]`)?.focus();
    else if (first !== undefined) {
      const stillThere = new Map([...chosen].filter(([serverId]) => ids.has(serverId)));
      begin.mutate({ first, groups: groupsOf(first, stillThere), hours });
    }
  }
  return (
    <FormFields form="beginUpgrade" error={begin.error}>
      <form onSubmit={submit} noValidate>
        <p>{words.beginLead}</p>
        <Field name="first">
          {(given) => (
            <select {...given} value={first} onChange={({ target }) => setFirst(target.value)}>
              {allowed.map(({ serverId, serverName }) => (
                <option key={serverId} value={serverId}>
                  {serverName}
                </option>
              ))}
            </select>
          )}
        </Field>
        {following.length > 0 && <UpgradeGroups servers={following} chosen={chosen} onChoose={setChosen} />}
        <UpgradeHours
          hours={hours}
          wrong={wrong}
          onHours={(next) => {
            setWrong(null);
            setHours(next);
          }}
        />
        <button className="button primary" type="submit" disabled={begin.isPending}>
          {words.begin}
        </button>
        <FormRefusal />
      </form>
    </FormFields>
  );
}
