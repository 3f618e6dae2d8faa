/** A version of a library or an interpreter that a log names. */
export interface SeenVersion {
  readonly package: string;
  readonly version: string;
  /** The line that names it first, from 1. */
  readonly line: number;
}

/** What is looked for: the engines and what their failures depend on. */
const python = 'celery|kombu|billiard|amqp|vine|redis|gevent|eventlet|django';
const node = 'bullmq|bull|ioredis';
const number = String.raw`(\d+(?:\.\d+){1,3}(?:[-.]?(?:a|b|rc|alpha|beta|post|dev)[-.]?\d*)?)`;
/** Behind a version stands no more of it, and no range. */
const end = String.raw`(?![\w.]*\d|\.x)`;

const forms: readonly RegExp[] = [
  // `.pnpm/bullmq@5.56.3/`, `bullmq@npm:5.56.3`, what npm ls and pnpm ls print.
  new RegExp(`(?:^|[\\s/\\\\"'+(@])(${node})@(?:npm:)?v?${number}${end}`, 'g'),
  // `celery-5.6.1.dist-info`, `Successfully installed celery-5.6.1`, wheels and eggs.
  new RegExp(`(?:^|[\\s/\\\\"'(])(${python})-${number}(?=\\.dist-info|\\.tar|[-\\s/\\\\,]|$)`, 'g'),
  // `celery==5.6.1`, `celery[redis]==5.6.1`; `celery:5.6.1` of `celery report`.
  new RegExp(`(?:^|[\\s"',])(${python})(?:\\[[\\w, ]+\\])?(?:==|:)${number}${end}`, 'g'),
  // `"bullmq": "5.56.3"` of a package.json; a range says nothing of what is installed.
  new RegExp(`["'](${node})["']\\s*:\\s*["']${number}["']`, 'g'),
  // What pip list, poetry show and pnpm list print: the name, blanks, the version.
  new RegExp(
    `^(?:\\W{0,8}\\s)?(${python}|${node})(?: {1,60}|\\t+|\\s\\()${number}(?=[\\s)]|$)`,
    'g',
  ),
];
/** `celery@host v5.6.1 (recovery)`, under any name of the node, and `celery beat v5.6.1 (recovery)`. */
const banner = new RegExp(
  String.raw`(?:\bcelery(?:@\S{1,200}| beat| worker)?|-{5} \S{1,200}@\S{1,200}) v${number}(?= |$)`,
  'g',
);
const interpreters: readonly (readonly [string, RegExp])[] = [
  ['node', /\bNode\.js v(\d+\.\d+\.\d+)/g],
  ['python', /\bPython (\d\.\d+\.\d+)\b/g],
  ['python', /\bpython(\d\.\d+)[/\\](?:site|dist)-packages/g],
];

/** Every form has one of these. */
const hint =
  /celery|kombu|billiard|bull|ioredis|redis|amqp|vine|gevent|eventlet|jango|Node\.js v|ython| v\d/;
const most = 40;
/** After so many lines that name an engine, those to come hardly name another version. */
const mostLooked = 20_000;
const longestStart = 4_000;

/** Gathers the versions that a log names, each once. */
export class Versions {
  readonly #seen = new Map<string, SeenVersion>();
  #looked = 0;

  add(text: string, line: number): void {
    if (this.isFull || !hint.test(text)) return;
    this.#looked += 1;
    const start = text.slice(0, longestStart);
    for (const form of forms) {
      for (const [, name = '', version = ''] of start.matchAll(form))
        this.#note(name, version, line);
    }
    for (const [, version = ''] of start.matchAll(banner)) this.#note('celery', version, line);
    for (const [name, form] of interpreters) {
      for (const [, version = ''] of start.matchAll(form)) this.#note(name, version, line);
    }
  }

  /** Whether enough is known. */
  get isFull(): boolean {
    return this.#seen.size >= most || this.#looked >= mostLooked;
  }

  list(): SeenVersion[] {
    return [...this.#seen.values()];
  }

  #note(name: string, version: string, line: number): void {
    const key = `${name} ${version}`;
    if (!this.#seen.has(key)) this.#seen.set(key, { package: name, version, line });
  }
}
