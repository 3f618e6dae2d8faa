/** The web worker of the front page: diagnoses logs with the code of `poolproof diagnose`. */
import { createLogReaders, type LogReader } from '../../catalog/diagnose/log-reader.ts';
import type { Diagnosis } from '../../catalog/diagnose/diagnosis.ts';
import { together, type Diagnoses } from '../../catalog/diagnose/together.ts';
import { chunksOf } from './chunks.ts';
import { knowledgeOf, type KnownBug } from './known-bug.ts';
import { linesBetween } from './lines-around.ts';
import type { Answer, PastedLog, Request } from './messages.ts';

/** Told so often that a bar moves smoothly. */
const pauseMilliseconds = 80;

const readers = loadReaders();
// What fails before anything is asked is told with the answer.
readers.catch(() => undefined);

async function loadReaders(): Promise<() => LogReader> {
  const response = await fetch('/diagnose.json');
  if (!response.ok) {
    throw new Error(`expected /diagnose.json, got HTTP ${response.status}. Reload the page.`);
  }
  const { writeups, lookUp } = knowledgeOf((await response.json()) as KnownBug[]);
  return createLogReaders(writeups, lookUp);
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  answer(data).then(
    (found) => {
      say(found);
    },
    (error: unknown) => {
      say({ tells: 'failure', message: error instanceof Error ? error.message : String(error) });
    },
  );
});

function say(found: Answer): void {
  postMessage(found);
}

async function answer(request: Request): Promise<Answer> {
  if (request.ask === 'diagnose') return diagnoseLogs(request.logs);
  const { log, line, before, after } = request;
  const lines = await linesBetween(chunksOf(log), Math.max(1, line - before), line + after);
  return { tells: 'lines', lines };
}

async function diagnoseLogs(logs: readonly PastedLog[]): Promise<Answer> {
  const open = await readers;
  const begun = performance.now();
  const whole = logs.reduce((sum, { content }) => sum + content.size, 0);
  const diagnoses: { file: string; diagnosis: Diagnosis }[] = [];
  const problems: string[] = [];
  let before = 0;
  let told = begun;
  for (const log of logs) {
    const reader = open();
    const onRead = (bytes: number): void => {
      if (performance.now() - told < pauseMilliseconds) return;
      told = performance.now();
      say({ tells: 'read', bytes: before + bytes, of: whole });
    };
    try {
      for await (const chunk of chunksOf(log, onRead)) reader.write(chunk);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    before += log.content.size;
    const diagnosis = reader.end();
    // What could be read of a log that is cut is told.
    if (diagnosis.linesRead > 0 || problems.length === 0) {
      diagnoses.push({ file: log.name, diagnosis });
    }
  }
  const milliseconds = performance.now() - begun;
  return { tells: 'diagnoses', diagnoses: join(diagnoses, logs.length), milliseconds, problems };
}

/** Of one log, the file goes without saying. */
function join(
  diagnoses: readonly { file: string; diagnosis: Diagnosis }[],
  asked: number,
): Diagnoses {
  const [first] = diagnoses;
  return first && asked === 1 ? first.diagnosis : together(diagnoses);
}
