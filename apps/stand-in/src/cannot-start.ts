/** A refusal to the person at the keyboard: one line that names the option and the remedy. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
