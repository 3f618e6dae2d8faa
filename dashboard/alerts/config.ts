import { readFileSync } from 'node:fs';
import { isMap, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { InvalidFiles, type Problem } from '../../catalog/problem/problem.ts';
import type { Detector, Thresholds } from '../detectors/detector.ts';

const seconds = z.number().nonnegative().max(86_400);
const variable = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable, such as ALERT_SECRET');

/** A secret is named, never written: this file may be in a repository. */
const webhookSchema = z.strictObject({
  name: z.string().min(1).max(60),
  kind: z.enum(['slack', 'standard']),
  /** http(s), or the environment variable that holds it, since Slack's address is a secret itself. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  urlFrom: variable.optional(),
  /** The environment variable of the signing secret of `standard`: whsec_… */
  secretFrom: variable.optional(),
  /** Which detectors are told of. Default: all. */
  detectors: z.array(z.string()).optional(),
});

const thresholdsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  on: z.number().optional(),
  onForSeconds: seconds.optional(),
  off: z.number().optional(),
  offForSeconds: seconds.optional(),
  cooldownSeconds: seconds.optional(),
});

const configSchema = z.strictObject({
  /** Where people reach this dashboard, for links: https://ops.example.org. */
  address: z.url({ protocol: /^https?$/ }).optional(),
  webhooks: z.array(webhookSchema).max(20).default([]),
  detectors: z.record(z.string(), thresholdsSchema).default({}),
});

/** Where alerts are sent. */
export interface Webhook {
  readonly name: string;
  readonly kind: 'slack' | 'standard';
  readonly url: string;
  readonly secret: string | undefined;
  readonly detectors: readonly string[] | undefined;
}

export interface AlertSettings {
  /** Without a slash at its end. */
  readonly address: string | undefined;
  readonly webhooks: readonly Webhook[];
  readonly detectors: readonly Detector[];
}

/** Without a file: every detector as it is, and nobody is told. */
export function defaultSettings(detectors: readonly Detector[]): AlertSettings {
  return { address: undefined, webhooks: [], detectors };
}

/**
 * Reads the file of `--alerts`, YAML or JSON.
 *
 * @param env where the secrets are that the file names.
 * @throws InvalidFiles with every problem, each with its line; never with a secret.
 */
export function readAlertSettings(
  file: string,
  detectors: readonly Detector[],
  env: Readonly<Record<string, string | undefined>>,
): AlertSettings {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const problems: Problem[] = document.errors.map(({ pos, message }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    message: message.split(/\r?\n/, 1)[0] ?? message,
  }));
  const at = (path: readonly PropertyKey[], message: string): Problem => ({
    file,
    line: lineOf(document, lines, path),
    message: `${path.join('.') || 'file'}: ${message}`,
  });
  if (problems.length > 0) throw new InvalidFiles(problems);
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    throw new InvalidFiles(parsed.error.issues.map(({ path, message }) => at(path, message)));
  }
  const { address, webhooks, detectors: changes } = parsed.data;
  const names = detectors.map(({ name }) => name);
  const unknown = (name: string) =>
    `expected a detector, got "${name}". There are ${names.join(', ')}`;
  for (const name of Object.keys(changes)) {
    if (!names.includes(name)) problems.push(at(['detectors', name], unknown(name)));
  }
  const hooks = webhooks.map((hook, index) => {
    const path = ['webhooks', index];
    for (const name of hook.detectors ?? []) {
      if (!names.includes(name)) problems.push(at([...path, 'detectors'], unknown(name)));
    }
    const fromEnv = (field: 'urlFrom' | 'secretFrom') => {
      const name = hook[field];
      if (name === undefined) return undefined;
      const value = env[name];
      if (value === undefined || value === '') {
        problems.push(at([...path, field], `expected the variable ${name} to be set, it is not`));
      }
      return value;
    };
    const url = hook.url ?? fromEnv('urlFrom');
    if (url === undefined && hook.urlFrom === undefined) {
      problems.push(at(path, 'expected url or urlFrom, got neither'));
    } else if (url !== undefined && !/^https?:\/\//.test(url)) {
      problems.push(at([...path, 'urlFrom'], 'expected it to hold an http(s) address'));
    }
    const secret = fromEnv('secretFrom');
    if (hook.kind === 'standard' && hook.secretFrom === undefined) {
      problems.push(at(path, 'expected secretFrom, without which nothing can be signed'));
    }
    if (secret !== undefined && !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret)) {
      const how = `Make one: node -p "'whsec_' + require('crypto').randomBytes(32).toString('base64')"`;
      problems.push(at([...path, 'secretFrom'], `expected it to hold whsec_ and base64. ${how}`));
    }
    const { name, kind } = hook;
    return { name, kind, url: url ?? '', secret, detectors: hook.detectors };
  });
  const changed = detectors
    .filter(({ name }) => changes[name]?.enabled !== false)
    .map((detector) => {
      const thresholds = changedBy(detector.thresholds, changes[detector.name] ?? {});
      if (thresholds.off > thresholds.on) {
        const is = `off ${thresholds.off} and on ${thresholds.on}`;
        problems.push(at(['detectors', detector.name], `expected off to be at most on, got ${is}`));
      }
      return { ...detector, thresholds };
    });
  if (problems.length > 0) throw new InvalidFiles(problems);
  return { address: address?.replace(/\/$/, ''), webhooks: hooks, detectors: changed };
}

function changedBy(usual: Thresholds, given: z.output<typeof thresholdsSchema>): Thresholds {
  return {
    on: given.on ?? usual.on,
    onForSeconds: given.onForSeconds ?? usual.onForSeconds,
    off: given.off ?? usual.off,
    offForSeconds: given.offForSeconds ?? usual.offForSeconds,
    cooldownSeconds: given.cooldownSeconds ?? usual.cooldownSeconds,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidFiles([
      { file, message: `expected a file of alert settings that can be read: ${reason}` },
    ]);
  }
}

/** The line of what a path names, or of the nearest thing around it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return isMap(document.contents) ? lines.linePos(document.contents.range?.[0] ?? 0).line : 1;
}
