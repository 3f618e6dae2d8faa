import { engines, type Engine } from '../../catalog/writeup/schema.ts';
import { topicNames, topics, type Topic } from '../../catalog/writeup/topics.ts';
import type { TestedBug } from './bug.ts';

/** The bugs of one engine about one topic. */
export interface Shelf {
  engine: Engine;
  topic: Topic;
  name: string;
  /** Its section in the list of bugs. */
  page: string;
  bugs: TestedBug[];
}

/** The bugs by engine and topic; what holds no bug is left out. */
export function shelvesOf(bugs: readonly TestedBug[]): Shelf[] {
  return engines.flatMap((engine) => {
    const byTopic = Map.groupBy(
      bugs.filter((bug) => bug.engine === engine),
      topicOf,
    );
    return topicNames.flatMap((topic) => {
      const bugs = byTopic.get(topic);
      const page = `/bugs/#${shelfId({ engine, topic })}`;
      return bugs ? [{ engine, topic, name: topics[topic], page, bugs }] : [];
    });
  });
}

/** The anchor of a shelf in the list of bugs. */
export function shelfId({ engine, topic }: Pick<Shelf, 'engine' | 'topic'>): string {
  return `${engine}-${topic}`;
}

/** The topic that the write-up names, or a guess: that of the claims in which something fails. */
export function topicOf({ topic, claims, fix }: TestedBug): Topic {
  if (topic) return topic;
  const shown = claims.filter(({ id, expect }) => id !== fix.claim && expect.outcome === 'fails');
  const windowsAlone = shown.every(({ run }) =>
    run.platforms.every((platform) => platform === 'win32' || platform === 'wine'),
  );
  if (shown.length > 0 && windowsAlone) return 'windows';
  return shown.some(({ run }) => run.pools.some((pool) => pool !== 'solo')) ? 'pools' : 'start';
}
