import { claim } from '../../scenario/claim.ts';
import type { Run } from '../../scenario/run.ts';
import type { Json } from '../../lab/engines/engine-programs.ts';

claim('prefork-fails-with-a-path', (run) => doubleTwo(run, { given: 'path' }));
claim('threads-fail-with-a-path', (run) => doubleTwo(run, { given: 'path' }));
claim('slashes-do-not-help', (run) => doubleTwo(run, { given: 'path with slashes' }));
claim('path-without-drive-fails', (run) => doubleTwo(run, { given: 'path without drive' }));
claim('relative-path-fails', (run) => doubleTwo(run, { given: 'relative path' }));
claim('url-as-text-fails', (run) => doubleTwo(run, { given: 'text of url' }));

claim('in-process-works', (run) => doubleTwo(run, { given: 'function' }));
claim('url-works', (run) => doubleTwo(run, { given: 'url' }));
claim('url-works-in-threads', (run) => doubleTwo(run, { given: 'url' }));
claim('relative-url-works', (run) => doubleTwo(run, { given: 'relative url' }));
claim('path-works-elsewhere', (run) => doubleTwo(run, { given: 'path' }));
claim('path-works-in-threads-elsewhere', (run) => doubleTwo(run, { given: 'path' }));

claim('path-with-signs-fails-elsewhere', (run) =>
  doubleTwo(run, { given: 'path', folder: 'signs' }),
);
claim('url-with-signs-works', (run) => doubleTwo(run, { given: 'url', folder: 'signs' }));
claim('url-with-spaces-works', (run) => doubleTwo(run, { given: 'url', folder: 'spaces' }));
claim('url-with-letters-works', (run) => doubleTwo(run, { given: 'url', folder: 'letters' }));
claim('url-with-letters-works-in-threads', (run) =>
  doubleTwo(run, { given: 'url', folder: 'letters' }),
);
claim('long-url-works', (run) => doubleTwo(run, { given: 'url', folder: 'long' }));
claim('crlf-works', (run) => doubleTwo(run, { given: 'url', lineEnds: 'crlf' }));

claim('fork-options-reach-the-child', (run) =>
  tell(run, {
    workerForkOptions: {
      env: { GREETING: 'hello' },
      execArgv: ['--no-warnings'],
      cwd: 'node_modules',
      serialization: 'advanced',
      windowsHide: true,
    },
  }),
);
claim('thread-options-reach-the-thread', (run) =>
  tell(run, {
    workerThreadsOptions: {
      env: { GREETING: 'hello' },
      execArgv: ['--no-warnings'],
      argv: ['--slowly'],
      resourceLimits: { maxOldGenerationSizeMb: 64 },
      stdout: true,
    },
  }),
);

claim('path-works-before-4-15-2', (run) =>
  doubleTwo(run, { given: 'path', processor: 'double.cjs' }),
);
claim('path-fails-since-4-15-2', (run) =>
  doubleTwo(run, { given: 'path', processor: 'double.cjs' }),
);
claim('url-is-refused-before-4-17-0', (run) => doubleTwo(run, { given: 'url' }));
claim('url-works-since-4-17-0', (run) => doubleTwo(run, { given: 'url' }));

interface Given {
  readonly given: string;
  readonly processor?: string;
  readonly folder?: string;
  readonly lineEnds?: string;
  readonly options?: Json;
}

function start(run: Run, given: Given) {
  const { processor = 'double.mjs', folder = 'plain', lineEnds = 'lf', options = {} } = given;
  return run.worker({
    env: {
      PROCESSOR: processor,
      FOLDER: folder,
      LINE_ENDS: lineEnds,
      GIVEN: given.given,
      OPTIONS: JSON.stringify(options),
    },
  });
}

async function doubleTwo(run: Run, given: Given): Promise<void> {
  await using worker = await start(run, given);
  run.fact('path has more than 260 characters', worker.lines.includes('ready with a long path'));
  // Nobody is there to take a job from a worker that has ended.
  const hopeless = worker.exit === undefined ? {} : { deadlineMs: 2_000 };
  await run.submit('numbers.double', [2], { expect: 4, ...hopeless });
}

/** Notes what the processor says that its process or thread was started with. */
async function tell(run: Run, options: Json): Promise<void> {
  await using worker = await start(run, { given: 'url', processor: 'tell.mjs', options });
  await run.submit('numbers.tell', [2], { expect: 4 });
  // What a child prints takes another way than its result.
  run.facts(await worker.json('started with'));
}
