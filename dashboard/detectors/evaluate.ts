import type { Detector, Reading, Thresholds } from './detector.ts';

/** One thing that is wrong, or was lately. */
export interface Alert {
  readonly detector: string;
  readonly subject: string;
  readonly name: string;
  readonly queue?: string | undefined;
  /** `pending`: on, not yet for long enough. `firing`: it is. `resolved`: it was. */
  readonly state: 'pending' | 'firing' | 'resolved';
  /** When it was on for the first time, in milliseconds since 1970. */
  readonly since: number;
  readonly firedAt?: number;
  readonly resolvedAt?: number;
  /** Since when it is off, while it still fires. */
  readonly offSince?: number | undefined;
  readonly value: number;
  readonly says: string;
}

/** What every dashboard calls the same alert. */
export function nameOf({ detector, subject }: Pick<Alert, 'detector' | 'subject'>): string {
  return `${detector} ${subject}`;
}

export type Alerts = ReadonlyMap<string, Alert>;

/** The alerts after a sample, and those that began to fire or were resolved by it. */
export interface Step {
  readonly alerts: Alerts;
  readonly changed: readonly Alert[];
}

/**
 * Takes the alerts of one detector one sample further. A subject that is gone counts as off.
 *
 * @param now in milliseconds since 1970.
 */
export function evaluate(
  before: Alerts,
  { name: detector, thresholds }: Pick<Detector, 'name' | 'thresholds'>,
  readings: readonly Reading[],
  now: number,
): Step {
  const alerts = new Map(before);
  const changed: Alert[] = [];
  const read = new Map(readings.map((reading) => [reading.subject, reading]));
  const known = [...before.values()].filter((alert) => alert.detector === detector);
  for (const subject of new Set([...read.keys(), ...known.map((alert) => alert.subject)])) {
    const name = nameOf({ detector, subject });
    const alert = before.get(name);
    const next = step(alert, read.get(subject), { detector, subject, thresholds, now });
    if (next === undefined) alerts.delete(name);
    else alerts.set(name, next);
    if (next && next.state !== 'pending' && next.state !== alert?.state) changed.push(next);
  }
  return { alerts, changed };
}

interface About {
  readonly detector: string;
  readonly subject: string;
  readonly thresholds: Thresholds;
  readonly now: number;
}

function step(
  alert: Alert | undefined,
  reading: Reading | undefined,
  { detector, subject, thresholds, now }: About,
): Alert | undefined {
  const { on, onForSeconds, off, offForSeconds, cooldownSeconds } = thresholds;
  const isOn = reading !== undefined && reading.value >= on;
  const seen = reading && { name: reading.name, queue: reading.queue, value: reading.value };
  if (alert?.state === 'firing') {
    if (reading !== undefined && reading.value >= off) {
      return { ...alert, offSince: undefined, ...seen, ...(isOn && { says: reading.says }) };
    }
    const offSince = alert.offSince ?? now;
    if (now - offSince < offForSeconds * 1000) return { ...alert, ...seen, offSince };
    return { ...alert, ...seen, state: 'resolved', resolvedAt: now, offSince };
  }
  const coolsUntil = (alert?.resolvedAt ?? -Infinity) + cooldownSeconds * 1000;
  if (!isOn) return alert?.state === 'resolved' && now < coolsUntil ? alert : undefined;
  // On again while it cools down: it stays resolved, and is looked at when that is over.
  if (alert?.state === 'resolved' && now < coolsUntil) return alert;
  const since = alert?.state === 'pending' ? alert.since : now;
  const { name, queue, value, says } = reading;
  const common = { detector, subject, name, queue, since, value, says };
  if (now - since < onForSeconds * 1000) return { ...common, state: 'pending' };
  return { ...common, state: 'firing', firedAt: now };
}
