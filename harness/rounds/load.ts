import { Worker } from 'node:worker_threads';

/**
 * Keeps the processor busy with so many threads until it is disposed of. Threads, because they end with
 * this process however it ends.
 */
export function loadProcessor(threads: number): AsyncDisposable {
  const workers = Array.from(
    { length: threads },
    () => new Worker('for (;;);', { eval: true, name: 'load' }),
  );
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
