import { randomUUID } from 'node:crypto';
import type { Writeup } from '../../catalog/writeup/schema.ts';
import type { Detector } from '../detectors/detector.ts';
import { evaluate, nameOf, type Alert, type Alerts } from '../detectors/evaluate.ts';
import { measure } from '../detectors/measure/measure.ts';
import type { History, Sample } from '../detectors/sample.ts';
import { bugsShown } from '../detectors/shown-bugs.ts';
import type { QueueDirectory } from '../queues/directory.ts';
import type { AlertSettings } from './config.ts';
import { deliver } from './deliver.ts';
import { openAlertStore, type AlertStore, type KeptAlert } from './store.ts';

/** How often is measured, in milliseconds, and for how long measurements are kept. */
const everyMs = 5000;
const historyMs = 660_000;

export interface MonitorOptions {
  readonly queues: QueueDirectory;
  readonly writeups: readonly Writeup[];
  readonly settings: AlertSettings;
  readonly onError: (error: Error) => void;
  /** Replaced in tests. */
  readonly everyMs?: number;
  readonly waits?: readonly number[];
}

/** What is wrong now, and was lately. */
export interface Standing {
  readonly firing: readonly KeptAlert[];
  readonly pending: readonly Alert[];
  readonly recent: readonly KeptAlert[];
  /** When was measured last, in milliseconds since 1970; 0: never yet. */
  readonly measuredAt: number;
  /** Why it could not be measured since; empty where it could. */
  readonly says: string;
  /** Webhooks that did not take a message, the newest first. */
  readonly undelivered: readonly { readonly at: number; readonly says: string }[];
}

/** Measures, evaluates, and tells of what begins to fire and is resolved, until disposal. */
export class Monitor implements AsyncDisposable {
  readonly #options: MonitorOptions;
  readonly #stop = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  #history: Sample[] = [];
  #alerts: Alerts = new Map();
  #turning: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #undelivered: Standing['undelivered'] = [];
  #says = '';
  #open = new Map<string, KeptAlert>();
  #recent: KeptAlert[] = [];

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#turning = this.#turn()
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error : new Error(String(error));
        if (this.#says !== reason.message) this.#options.onError(reason);
        this.#says = reason.message;
      })
      .finally(() => {
        if (this.#stop.signal.aborted) return;
        const wait = this.#options.everyMs ?? everyMs;
        this.#timer = setTimeout(() => {
          this.start();
        }, wait).unref();
      });
  }

  standing(): Standing {
    return {
      firing: [...this.#open.values()].sort((a, b) => b.firedAt - a.firedAt),
      pending: [...this.#alerts.values()].filter(({ state }) => state === 'pending'),
      recent: this.#recent,
      measuredAt: this.#history.at(-1)?.at ?? 0,
      says: this.#says,
      undelivered: this.#undelivered,
    };
  }

  async #turn(): Promise<void> {
    const { queues, settings } = this.#options;
    const [first] = queues.list();
    if (!first) return;
    const store = openAlertStore(first.queue);
    const sample = await measure(queues);
    this.#history = [...this.#history, sample].filter(({ at }) => at >= sample.at - historyMs);
    const history = this.#history as unknown as History;
    this.#adopt(await store.open());
    for (const detector of settings.detectors) {
      const readings = detector.read(history);
      const { alerts, changed } = evaluate(this.#alerts, detector, readings, sample.at);
      this.#alerts = alerts;
      for (const alert of changed) {
        if (alert.state === 'resolved') await this.#resolve(store, detector, alert);
      }
    }
    await this.#fire(store, history);
    this.#open = await store.open();
    this.#recent = await store.recent();
    this.#says = '';
  }

  /** What fires by what is kept, from another dashboard or before a restart, is resolved here, too. */
  #adopt(open: ReadonlyMap<string, KeptAlert>): void {
    const alerts = new Map(this.#alerts);
    const known = new Set(this.#options.settings.detectors.map(({ name }) => name));
    for (const [name, kept] of open) {
      if (alerts.get(name)?.state === 'firing' || !known.has(kept.detector)) continue;
      const { detector, subject, queue, since, firedAt, value, says } = kept;
      const alert = { detector, subject, name: kept.name, queue, since, firedAt, value, says };
      alerts.set(name, { ...alert, state: 'firing' });
    }
    this.#open = new Map(open);
    this.#alerts = alerts;
  }

  /** Also what could not be kept before: the broker was away, or it cools down elsewhere. */
  async #fire(store: AlertStore, history: History): Promise<void> {
    const { settings, writeups } = this.#options;
    const detectors = new Map(settings.detectors.map((detector) => [detector.name, detector]));
    for (const [name, alert] of this.#alerts) {
      const detector = detectors.get(alert.detector);
      if (alert.state !== 'firing' || this.#open.has(name) || !detector) continue;
      const kept: KeptAlert = {
        id: randomUUID(),
        detector: alert.detector,
        title: detector.title,
        subject: alert.subject,
        name: alert.name,
        ...(alert.queue !== undefined && { queue: alert.queue }),
        state: 'firing',
        since: alert.since,
        firedAt: alert.firedAt ?? alert.since,
        value: alert.value,
        unit: detector.unit,
        says: alert.says,
        bugs: bugsShown(detector, alert, history, writeups),
      };
      if (await store.fire(name, kept)) this.#send(kept);
    }
  }

  async #resolve(store: AlertStore, { thresholds }: Detector, alert: Alert): Promise<void> {
    const at = alert.resolvedAt ?? Date.now();
    const fired = await store.resolve(nameOf(alert), at, thresholds.cooldownSeconds * 1000);
    if (fired) this.#send({ ...fired, state: 'resolved', resolvedAt: at });
  }

  #send(alert: KeptAlert): void {
    const { webhooks, address } = this.#options.settings;
    for (const webhook of webhooks) {
      if (webhook.detectors && !webhook.detectors.includes(alert.detector)) continue;
      const { signal } = this.#stop;
      const { waits } = this.#options;
      const sending = deliver({ webhook, alert, address, signal, ...(waits && { waits }) })
        .catch((error: unknown) => {
          const says = error instanceof Error ? error.message : String(error);
          this.#undelivered = [{ at: Date.now(), says }, ...this.#undelivered].slice(0, 20);
          if (!signal.aborted) this.#options.onError(new Error(says));
        })
        .finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    await this.#turning;
    clearTimeout(this.#timer);
    await Promise.all(this.#sending);
  }
}
