import { platformNames } from '../../catalog/cell/dimensions.ts';
import { platforms } from '../../catalog/writeup/schema.ts';
import { showing, type TestedBug } from './bug.ts';
import { conditionWords, engineNames, sorted } from './words.ts';

/** Where runs have shown the failure, and where nobody has looked. */
export interface Affected {
  /** `Celery 5.6.1, 5.7.0 on Wine`, one for each platform and what was imposed on it. */
  shown: string[];
  /** `BullMQ 5.7.7 to 5.7.13; newest tried 6.7.0`, one for each claim that was run over versions. */
  measured: { what: string; says: string }[];
  /** Platforms that the claims speak of and that have no run. */
  notRun: string[];
}

/** Who is affected, as far as runs have shown it: nothing is concluded for versions in between. */
export function affected(bug: TestedBug): Affected {
  const results = showing(bug).flatMap((claim) => claim.results);
  const confirmed = results.filter(({ verdict }) => verdict === 'confirmed');
  const places = Map.groupBy(confirmed, ({ cell }) =>
    [platformNames[cell.platform], ...conditionWords(cell)].join(', '),
  );
  const shown = [...places].map(([place, there]) => {
    const versions = sorted(
      'version',
      there.map(({ cell }) => cell.version),
    );
    return `${engineNames[bug.engine]} ${versions.join(', ')} on ${place}`;
  });
  const speaksOf = platforms.filter((one) => results.some(({ cell }) => cell.platform === one));
  const notRun = speaksOf.filter((platform) =>
    results.every(({ cell, evidence }) => cell.platform !== platform || !evidence),
  );
  const measured = bug.measured.map(({ engine, words, says }) => ({
    what: `${engineNames[engine]} ${words}`,
    says,
  }));
  return { shown, measured, notRun: notRun.map((platform) => platformNames[platform]) };
}
