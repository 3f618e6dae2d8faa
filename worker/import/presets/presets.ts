import { degiro, degiroOld } from './degiro.ts';
import { fidelity } from './fidelity.ts';
import { interactiveBrokersFlex } from './interactive-brokers.ts';
import { portfolioPerformance } from './portfolio-performance.ts';
import type { Preset } from './preset.ts';
import { scalable } from './scalable.ts';
import { schwab } from './schwab.ts';
import { swissquote } from './swissquote.ts';
import { tradeRepublic } from './trade-republic.ts';

const named = [
  interactiveBrokersFlex,
  schwab,
  fidelity,
  degiro,
  degiroOld,
  tradeRepublic,
  scalable,
  swissquote,
  portfolioPerformance,
] as const satisfies readonly Preset[];

/** All presets, in the order of the documentation. */
export const presets: readonly Preset[] = named;

export const presetNames = named.map(({ name }) => name);
