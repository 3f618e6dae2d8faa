import type { Evidence } from './schema.ts';

/** What the operating system of a run calls itself (`os.type()`), by the label of its platform. */
const systems: Readonly<Record<string, string>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows_NT',
};

type Labelled = Pick<Evidence['control']['cells'][number], 'cell' | 'versions'>;

/**
 * Where the label of evidence names something else than what ran: another version of the engine, another
 * Python, another platform. One sentence each.
 */
export function wrongLabels({
  cell,
  versions,
  system,
  control,
}: Pick<Evidence, 'cell' | 'versions' | 'system' | 'control'>): string[] {
  const wanted = systems[cell.platform];
  return [
    ...(wanted !== undefined && wanted !== system.os
      ? [`expected a run on ${wanted} for ${cell.platform}, got one on ${system.os}`]
      : []),
    ...wrongVersions({ cell, versions }, ''),
    ...control.cells.flatMap((one) => wrongVersions(one, ` of the control ${control.claim}`)),
  ];
}

function wrongVersions({ cell, versions }: Labelled, whose: string): string[] {
  const { engine, version, python } = cell;
  const ranEngine = versions[engine];
  const ranPython = versions.python;
  return [
    ...(ranEngine === version ? [] : [mismatch(`${engine} ${version}`, ranEngine, whose)]),
    ...(python === undefined || ranPython?.startsWith(`${python}.`)
      ? []
      : [mismatch(`Python ${python}`, ranPython, whose)]),
  ];
}

function mismatch(label: string, ran: string | undefined, whose: string): string {
  return `expected the runs${whose} to be on ${label}, got ${ran ?? 'a version that is not noted'}`;
}
