import type { Text } from '../scenario/run.ts';
import type { Step } from './steps.ts';

/** How a language writes what scripts are made of. */
interface Language {
  /** A value of JSON. */
  readonly value: (value: unknown) => string;
  readonly text: (text: Text) => string;
  readonly step: (step: Step) => string;
}

/** The lines of a script, a step each. */
export function renderSteps(steps: readonly Step[], language: Language): string[] {
  return steps.map((step) => language.step(step));
}

const json = (value: unknown) => JSON.stringify(value);

/** Node: one `await` after the other. */
export const node: Language = {
  value: json,
  text: (text) => (typeof text === 'string' ? json(text) : String(text)),
  step: (step) => {
    switch (step.kind) {
      case 'start':
        return `const ${step.program} = start(${json(step.name)}, ${json(step.args)}, ${json(step.env)});`;
      case 'says':
        return `await ${step.program}.says(${node.text(step.text)}, ${how({ within: step.seconds, ...several(step.times) })});`;
      case 'any says':
        return `await anySays([${step.programs.join(', ')}], ${node.text(step.text)}, ${how({ within: step.seconds, ...several(step.times) })});`;
      case 'ends':
        return `await ${step.program}.ends(${step.seconds});`;
      case 'tell':
        return `${step.program}.tell(${json(step.line)});`;
      case 'signal':
        return `${step.program}.signal(${json(step.signal)});`;
      case 'stop':
      case 'kill':
        return `await ${step.program}.${step.kind}();`;
      case 'submit': {
        const { task, args, expect, seconds: within, options, client } = step;
        return `await submit(${json(task)}, ${json(args)}, ${how({ expect, within, options, client })});`;
      }
      case 'add': {
        const { job, task, args, options, client } = step;
        return `const ${job} = await add(${json(task)}, ${json(args)}, ${how({ options, client })});`;
      }
      case 'settled':
        return `await settled(${step.job}, ${how({ expect: step.expect, within: step.seconds })});`;
      case 'answer':
        return `await answer(${step.program}, ${json(step.what)}, ${how({ expect: step.expect, within: step.seconds })});`;
      case 'flag':
        return `flag(${json(step.name)});`;
      case 'sleep':
        return `await sleep(${step.seconds});`;
      case 'redis':
        return `await redisCommand(${step.words.map(json).join(', ')});`;
    }
  },
};

function several(times: number): { times?: number } {
  return times === 1 ? {} : { times };
}

/** An object of options, without those that are not there. */
function how(options: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '{}';
  return `{ ${given.map(([name, value]) => `${name}: ${json(value)}`).join(', ')} }`;
}

/** Python: one call after the other. */
export const python: Language = {
  value: pythonValue,
  text: (text) =>
    typeof text === 'string' ? json(text) : `re.compile(${json(pythonPattern(text))})`,
  step: (step) => {
    switch (step.kind) {
      case 'start':
        return `${step.program} = start(${json(step.name)}, ${pythonValue(step.args)}, ${pythonValue(step.env)})`;
      case 'says':
        return `${step.program}.says(${python.text(step.text)}, ${named({ within: step.seconds, ...several(step.times) })})`;
      case 'any says':
        return `any_says([${step.programs.join(', ')}], ${python.text(step.text)}, ${named({ within: step.seconds, ...several(step.times) })})`;
      case 'ends':
        return `${step.program}.ends(${step.seconds})`;
      case 'tell':
        return `${step.program}.tell(${json(step.line)})`;
      case 'signal':
        return `${step.program}.signal(${json(step.signal)})`;
      case 'stop':
      case 'kill':
        return `${step.program}.${step.kind}()`;
      case 'submit': {
        const { task, args, expect, seconds: within, options, client: settings } = step;
        return `submit(${json(task)}, ${pythonValue(args)}, ${named({ expect, within, options, settings })})`;
      }
      case 'add': {
        const { job, task, args, options, client: settings } = step;
        const more = named({ options, settings });
        return `${job} = add(${json(task)}, ${pythonValue(args)}${more === '' ? '' : `, ${more}`})`;
      }
      case 'settled':
        return `settled(${step.job}, ${json(step.task)}, ${named({ expect: step.expect, within: step.seconds })})`;
      case 'answer':
        return `answer(${step.program}, ${json(step.what)}, ${named({ expect: step.expect, within: step.seconds })})`;
      case 'flag':
        return `flag(${json(step.name)})`;
      case 'sleep':
        return `time.sleep(${step.seconds})`;
      case 'redis':
        return `redis_command(${step.words.map(json).join(', ')})`;
    }
  },
};

function named(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${pythonValue(value)}`)
    .join(', ');
}

/** A value of JSON as Python writes it. Strings are the same in both. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value !== 'object') return json(value);
  const pairs = Object.entries(value).map(([key, one]) => `${json(key)}: ${pythonValue(one)}`);
  return `{${pairs.join(', ')}}`;
}

/** The names of groups and the flags are written otherwise. */
function pythonPattern({ source, flags }: RegExp): string {
  const known = flags.replaceAll(/[^ims]/g, '');
  const pattern = source.replaceAll('(?<', '(?P<').replaceAll(/\(\?P<([=!])/g, '(?<$1');
  return known === '' ? pattern : `(?${known})${pattern}`;
}
