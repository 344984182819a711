import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { answer, api } from '../api/client.ts';
import type { Retention } from '../api/types.ts';
import { InstallationShell } from '../ui/installation-shell.tsx';
import { Icon } from '../ui/icon.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { Answered } from '../ui/trouble.tsx';
import { useWords } from '../words/words.tsx';
import style from './retention-page.module.css';
import { type Kind, KINDS, shortened, typedDays } from './typed-days.ts';

const RETENTION = ['retention'] as const;
const BYTES = {
  resultsDays: 'results',
  hourRollUpsDays: 'hourRollUps',
  dayRollUpsDays: 'dayRollUps',
} as const;

interface Read {
  retention: Retention;
  /** By which a change says what it is based on. */
  tag: string;
}

async function read(): Promise<Read> {
  const asked = api.GET('/v1/retention', {});
  const { response } = await asked;
  return { retention: await answer(asked), tag: response.headers.get('etag') ?? '*' };
}

/** How long each kind of history is kept, what it keeps and costs, in plain words. */
export function RetentionPage() {
  const words = useWords();
  const asked = useQuery({ queryKey: RETENTION, queryFn: read });
  return (
    <InstallationShell title={words.retention.title} lead={words.retention.lead}>
      <Answered by={asked}>{(known) => <RetentionForm known={known} />}</Answered>
    </InstallationShell>
  );
}

const shown = (days: number | null): string => (days === null ? '' : String(days));

/** Its fields keep what is typed in them, also where what holds is read again. */
function RetentionForm({ known: { retention, tag } }: { known: Read }) {
  const { retention: words } = useWords();
  const queries = useQueryClient();
  const [texts, setTexts] = useState<Record<Kind, string>>(() => ({
    resultsDays: shown(retention.resultsDays),
    hourRollUpsDays: shown(retention.hourRollUpsDays),
    dayRollUpsDays: shown(retention.dayRollUpsDays),
  }));
  // A number that is being typed is not complained of: only what was left, or sent.
  const [left, setLeft] = useState<ReadonlySet<Kind>>(new Set());
  const typed = {
    resultsDays: typedDays(texts.resultsDays),
    hourRollUpsDays: typedDays(texts.hourRollUpsDays),
    dayRollUpsDays: typedDays(texts.dayRollUpsDays),
  };
  const save = useMutation({
    mutationFn: (body: Partial<Record<Kind, number | null>>) =>
      answer(api.PATCH('/v1/retention', { params: { header: { 'If-Match': tag } }, body })),
    // Also where it was refused: somebody else may have changed it.
    onSettled: () => queries.invalidateQueries({ queryKey: RETENTION }),
  });
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setLeft(new Set(KINDS));
    const wrong = KINDS.find((kind) => typed[kind] === undefined);
    if (wrong) event.currentTarget.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus();
    else save.mutate(Object.fromEntries(KINDS.map((kind) => [kind, typed[kind] ?? null])));
  }
  const deletes = shortened(typed, retention);
  return (
    <form className={style.form} onSubmit={submit} noValidate>
      {KINDS.map((kind) => (
        <KindField
          key={kind}
          kind={kind}
          retention={retention}
          text={texts[kind]}
          wrong={left.has(kind) && typed[kind] === undefined}
          onText={(text) => {
            if (save.isSuccess) save.reset();
            setTexts({ ...texts, [kind]: text });
          }}
          onLeave={() => setLeft(new Set([...left, kind]))}
        />
      ))}
      {deletes.length > 0 && (
        <ul className={style.deletes}>
          {deletes.map(({ kind, days }) => (
            <li key={kind}>
              <Icon name="warning" />
              {words.shorter(words.kind[kind].title, days)}
            </li>
          ))}
        </ul>
      )}
      <Refusal error={save.error} />
      <p className={style.save}>
        <button
          className={deletes.length > 0 ? 'button danger' : 'button primary'}
          type="submit"
          disabled={save.isPending}
        >
          {deletes.length > 0 ? words.saveAndDelete : words.save}
        </button>
        <output>{save.isSuccess ? words.saved : ''}</output>
      </p>
    </form>
  );
}

interface FieldProps {
  kind: Kind;
  retention: Retention;
  text: string;
  wrong: boolean;
  onText: (text: string) => void;
  onLeave: () => void;
}

function KindField({ kind, retention, text, wrong, onText, onLeave }: FieldProps) {
  const { retention: words, bytes } = useWords();
  const field = useId();
  const { title, keeps, costs } = words.kind[kind];
  const byDefault = retention.defaults[kind];
  return (
    <section className={style.kind} aria-labelledby={`${field}-title`}>
      <div>
        <h2 id={`${field}-title`}>{title}</h2>
        <p>{keeps}</p>
        <p>{costs}</p>
        <p>
          <b>{words.size(bytes(retention.bytes[BYTES[kind]]))}</b>
        </p>
      </div>
      <div className="field">
        <label htmlFor={field}>
          {words.field}
          <span className="spoken"> {title}</span>
        </label>
        <input
          id={field}
          name={kind}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={text}
          placeholder={String(byDefault)}
          aria-invalid={wrong}
          aria-describedby={`${field}-hint`}
          onChange={({ target }) => onText(target.value)}
          onBlur={onLeave}
        />
        <p id={`${field}-hint`} className={wrong ? style.wrong : style.hint}>
          {wrong ? words.wrong(title, byDefault) : words.byDefault(byDefault)}
        </p>
      </div>
    </section>
  );
}
