/** Works of one name are done one after the other, others beside them. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    // How the one before ended is for whoever asked for it.
    const own = before.then(work, work);
    this.#last.set(name, own);
    return own;
  }
}
