/** Which copy runs when: those of one medium one after the other, those of different media side by side. */

export class CopyQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work when all earlier work under this key is done; resolves with it. `work` does not throw. */
  add(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.last.get(key) ?? Promise.resolve();
    const done = before.then(work);
    this.last.set(key, done);
    void done.then(() => {
      if (this.last.get(key) === done) this.last.delete(key);
    });
    return done;
  }
}
