/** An answer that is waited for only until somebody aborts. */

/** Throws `why()` as soon as `signal` says so; what the answer then is, is nobody's concern here. */
export function unlessAborted<Answer>(answer: Promise<Answer>, signal: AbortSignal, why: () => Error): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(why());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
