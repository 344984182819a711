import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef } from 'react';
import { Link } from 'wouter';
import { answer, api, done } from '../api/client.ts';
import { baselinesKey, useBaselines } from '../api/history-queries.ts';
import type { Baseline } from '../api/types.ts';
import { paths } from '../paths.ts';
import { Moment } from '../ui/moment.tsx';
import { Field, FormFields, FormRefusal } from '../ui/field.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { SureButton } from '../ui/sure-button.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useMay } from '../ui/use-role.ts';
import { useWords } from '../words/words.tsx';
import style from './then-page.module.css';

/** Moments that were kept under a name: before an upgrade, say. */
export function Baselines({ siteId, chosen }: { siteId: string; chosen: string | null }) {
  const { past: words } = useWords();
  const title = useId();
  const asked = useBaselines(siteId);
  const mayAct = useMay(siteId, 'operator');
  return (
    <aside className={style.card} aria-labelledby={title}>
      <h2 id={title}>{words.baselines}</h2>
      <p className="lead">{words.baselinesLead}</p>
      <Answered by={asked}>
        {({ items }) => (
          <ul>
            {items.map((baseline) => (
              <Row
                key={baseline.id}
                siteId={siteId}
                baseline={baseline}
                chosen={baseline.id === chosen}
                mayAct={mayAct}
              />
            ))}
          </ul>
        )}
      </Answered>
      {mayAct && <NewBaseline siteId={siteId} />}
    </aside>
  );
}

interface RowProps {
  siteId: string;
  baseline: Baseline;
  chosen: boolean;
  mayAct: boolean;
}

function Row({ siteId, baseline: { id, name, at, createdBy }, chosen, mayAct }: RowProps) {
  const { past: words } = useWords();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      done(
        api.DELETE('/v1/sites/{siteId}/baselines/{baselineId}', {
          params: { path: { siteId, baselineId: id } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: baselinesKey(siteId) }),
  });
  return (
    <li aria-current={chosen || undefined}>
      <p>
        <b>{name}</b>
        <small>
          <Moment at={at} /> · {createdBy}
        </small>
      </p>
      <p className="actions">
        <Link className="button" href={paths.past(siteId, { baseline: id })}>
          {words.compare} <span className="spoken">{name}</span>
        </Link>
        {mayAct && (
          <SureButton
            label={words.remove}
            of={name}
            ask={words.removeSure}
            busy={remove.isPending}
            onSure={() => remove.mutate()}
          />
        )}
      </p>
      <Refusal error={remove.error} />
    </li>
  );
}

function NewBaseline({ siteId }: { siteId: string }) {
  const { past: words } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (body: { name: string; at?: string }) =>
      answer(api.POST('/v1/sites/{siteId}/baselines', { params: { path: { siteId } }, body })),
    onSuccess: () => {
      form.current?.reset();
      return queries.invalidateQueries({ queryKey: baselinesKey(siteId) });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [name, at] = [given.get('name'), given.get('at')];
    if (typeof name !== 'string') return;
    make.mutate({
      name: name.trim(),
      ...(typeof at === 'string' && at !== '' && { at: new Date(at).toISOString() }),
    });
  }
  return (
    <FormFields form="createBaseline" error={make.error}>
      <form ref={form} className={style.make} onSubmit={submit}>
        <Field name="name">
          {(given) => (
            <input {...given} required maxLength={100} autoComplete="off" placeholder={words.example} />
          )}
        </Field>
        <Field name="at">{(given) => <input {...given} type="datetime-local" />}</Field>
        <button className="button primary" type="submit" disabled={make.isPending}>
          {words.make}
        </button>
        <FormRefusal />
      </form>
    </FormFields>
  );
}
