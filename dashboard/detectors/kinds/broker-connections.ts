import type { Detector } from '../detector.ts';
import { newest, secondsAgo } from '../sample.ts';

/** The broker has no room for another client. */
export const brokerConnections: Detector = {
  name: 'broker-connections',
  title: 'The broker turns clients away',
  measures: 'Clients that Redis turned away within the last minute.',
  unit: 'clients',
  thresholds: { on: 1, onForSeconds: 0, off: 1, offForSeconds: 60, cooldownSeconds: 600 },
  metrics: ['broker.rejected-connections'],
  alsoShows: [],
  read: (history) => {
    const now = newest(history).broker;
    const before = secondsAgo(history, 60).broker;
    if (!now || !before) return [];
    const value = Math.max(0, now.rejectedConnections - before.rejectedConnections);
    const says = `Redis turned ${value} clients away within a minute; ${now.connections} are connected`;
    return [{ subject: 'broker', name: 'the broker', value, says }];
  },
};
