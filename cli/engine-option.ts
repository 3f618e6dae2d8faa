import { InvalidArgumentError } from 'commander';
import { engines, type Engine } from '../catalog/writeup/schema.ts';

/** An engine, at a version if one was named. */
export interface EngineOption {
  name: Engine;
  version?: string;
}

/** Reads `celery` or `celery@5.6.1`. */
export function parseEngine(text: string): EngineOption {
  const [name, version] = text.split('@');
  const engine = engines.find((known) => known === name);
  if (engine === undefined || (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version))) {
    throw new InvalidArgumentError(
      `Expected ${engines.join(' or ')}, with an exact version if any, such as celery@5.6.1.`,
    );
  }
  return version === undefined ? { name: engine } : { name: engine, version };
}
