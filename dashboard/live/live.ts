import type { Request, Response } from 'express';
import { Refusal } from '../../worker/api/problem.ts';

const streamsAtMost = 100;
/** How often a sign of life is sent where nothing changes, in milliseconds: proxies cut what is silent. */
const silenceMs = 15_000;

/**
 * What is read once for all who watch, and only while somebody does: each change goes to everybody as
 * a server-sent event.
 */
export class Live<State> implements Disposable {
  readonly #read: () => Promise<State>;
  readonly #everyMs: number;
  readonly #watchers = new Set<(state: State) => void>();
  #timer: NodeJS.Timeout | undefined;
  #turning = false;

  constructor(read: () => Promise<State>, everyMs: number) {
    this.#read = read;
    this.#everyMs = everyMs;
  }

  /**
   * Answers with events until the reader leaves.
   * @param view what this reader may see of it; the same as before is not sent again.
   */
  stream(request: Request, response: Response, view: (state: State) => unknown): void {
    if (this.#watchers.size >= streamsAtMost) {
      throw new Refusal(503, `${streamsAtMost} pages are open on this. Try again later.`);
    }
    // Told at once, so that the page knows that it is connected.
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    let last = '';
    let sentAt = Date.now();
    const watch = (state: State) => {
      const text = JSON.stringify(view(state));
      const now = Date.now();
      if (text !== last) response.write(`data: ${text}\n\n`);
      else if (now - sentAt < silenceMs) return;
      else response.write(': still here\n\n');
      last = text;
      sentAt = now;
    };
    this.#watchers.add(watch);
    request.on('close', () => this.#watchers.delete(watch));
    if (!this.#turning) void this.#turn();
  }

  async #turn(): Promise<void> {
    clearTimeout(this.#timer);
    this.#turning = true;
    try {
      const state = await this.#read();
      for (const watch of this.#watchers) watch(state);
    } catch {
      // What cannot be read now is read with the next turn.
    } finally {
      this.#turning = false;
    }
    if (this.#watchers.size === 0) return;
    this.#timer = setTimeout(() => void this.#turn(), this.#everyMs).unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
  }
}
