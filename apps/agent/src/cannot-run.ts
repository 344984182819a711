import { BilingualError } from '@mailpath/protocol';

/** A refusal to the person at the keyboard: one line that names the argument or file and the remedy. Exit code 2. */
export class CannotRun extends BilingualError {
  override readonly name = 'CannotRun';
}
