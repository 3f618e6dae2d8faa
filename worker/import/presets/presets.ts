import type { Preset } from './preset.ts';

/** All presets, in the order of the documentation. */
export const presets: readonly Preset[] = [];

export const presetNames = presets.map(({ name }) => name);
