import { NotRun } from '../../not-run.ts';
import { installWindowsNode } from '../../runtimes/windows/node.ts';
import type { Installer, WindowsEngine } from '../engine.ts';
import { installModules } from './install.ts';

/** BullMQ, which has nothing compiled in it that it needs, and a Node for Windows. */
export const bullmqForWindows: Installer<WindowsEngine> = async (cell, progress) => {
  const node = await installWindowsNode(progress);
  const { node: wanted } = cell;
  const version = node.versions.node ?? '';
  if (wanted !== undefined && !`${version}.`.startsWith(`${wanted}.`)) {
    throw new NotRun(
      `wine: the claim is about Node ${wanted}, and Node ${version} is what runs here`,
    );
  }
  const { modules, versions } = await installModules(cell, progress);
  return {
    windows: 'windows-10',
    prints: 'into a file',
    interpreter: node.interpreter,
    env: {},
    modules,
    versions: { ...versions, ...node.versions },
  };
};
