import type { Answer, Request } from './messages.ts';

/* eslint-disable n/no-unsupported-features/node-builtins -- of a browser, which has had Worker for ages */

/** The worker that reads logs. It is started with the first question, or when one is to be expected. */
export class DiagnosisWorker {
  #worker: Worker | undefined;
  #stop: (() => void) | undefined;

  /** Loads what is needed, so that the first answer is quick. */
  warmUp(): Worker {
    return (this.#worker ??= new Worker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
    }));
  }

  /**
   * Asks one question; one that is still open is given up.
   * @param onRead is told how far logs are read.
   * @returns nothing when another question came meanwhile.
   */
  async ask(
    request: Request,
    onRead: (bytes: number, of: number) => void = () => undefined,
  ): Promise<Exclude<Answer, { tells: 'read' }> | undefined> {
    this.#stop?.();
    const worker = this.warmUp();
    return new Promise((resolve) => {
      const settle = (answer?: Exclude<Answer, { tells: 'read' }>): void => {
        this.#stop = undefined;
        worker.onmessage = null;
        worker.onerror = null;
        resolve(answer);
      };
      this.#stop = () => {
        // What it reads cannot be interrupted otherwise.
        worker.terminate();
        this.#worker = undefined;
        settle();
      };
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.tells === 'read') onRead(data.bytes, data.of);
        else settle(data);
      };
      worker.onerror = () => {
        this.#worker = undefined;
        settle({
          tells: 'failure',
          message: 'The diagnosis could not be loaded. Reload the page.',
        });
      };
      worker.postMessage(request);
    });
  }
}
