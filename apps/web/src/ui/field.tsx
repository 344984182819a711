import { createContext, type ReactNode, use, useId } from 'react';
import { type FieldRefusal, Refused } from '../api/client.ts';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import { fieldOf, type FormName, labelOf } from './form-fields.ts';

interface Sent {
  form: FormName;
  /** Why what was sent was refused, or null. */
  error: Error | null;
}
const SentContext = createContext<Sent | null>(null);

/** Tells the fields inside it which form they belong to, and what was refused of them. */
export function FormFields({ form, error, children }: Sent & { children: ReactNode }) {
  return <SentContext value={{ form, error }}>{children}</SentContext>;
}

/** What a field hands to its `<input>`, `<select>` or `<textarea>`. */
interface Given {
  id: string;
  name: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

/** A field with its label, and beside it why the API refused what stands in it. */
export function Field({ name, children }: { name: string; children: (given: Given) => ReactNode }) {
  const words = useWords();
  const id = useId();
  const { form, error } = useSent();
  const isRefused = refusalsOf(error, name).length > 0;
  const note = `${id}-refused`;
  return (
    <div className="field">
      <label htmlFor={id}>{labelOf(form, name, words)}</label>
      {children({ id, name, ...(isRefused && { 'aria-invalid': true, 'aria-describedby': note }) })}
      <FieldNote name={name} id={note} />
    </div>
  );
}

/** Why the API refused a field; for one of several inputs it stands in their fieldset. */
export function FieldNote({ name, id }: { name: string; id?: string }) {
  const refused = refusalsOf(useSent().error, name);
  if (refused.length === 0) return null;
  return (
    <p id={id} className="refused">
      {refused.map(({ message }) => message).join(' ')}
    </p>
  );
}

/** Why a form was not accepted: which fields to look at, and what belongs to none of them. */
export function FormRefusal() {
  const words = useWords();
  const { form, error } = useSent();
  if (!error) return null;
  return <p role="alert">{toldRefusal(form, error, words)}</p>;
}

function useSent(): Sent {
  const sent = use(SentContext);
  if (!sent) throw new Error('Fields stand inside <FormFields>.');
  return sent;
}

const refusalsOf = (error: Error | null, name: string): readonly FieldRefusal[] =>
  error instanceof Refused ? error.fields.filter(({ field }) => fieldOf(field) === name) : [];

function toldRefusal(form: FormName, error: Error, words: Words): string {
  if (!(error instanceof Refused)) return words.problem.notSent;
  const labels = error.fields.map(({ field }) => labelOf(form, fieldOf(field), words));
  const known = [...new Set(labels.filter((label) => label !== null))];
  const others = error.fields.filter((_, i) => labels[i] === null);
  if (known.length === 0) return error.message;
  return [words.problem.correct(known), ...others.map(({ field, message }) => `${field}: ${message}`)].join(
    ' ',
  );
}
