import { Webhook as Signer } from 'standardwebhooks';
import { pause } from '../../worker/pause.ts';
import type { Webhook } from './config.ts';
import type { KeptAlert } from './store.ts';

/** Waits between tries, in milliseconds; the last try has failed for good. */
const waitsMs = [1000, 5000, 30_000, 120_000, 600_000];
const timeoutMs = 10_000;

export interface Delivery {
  readonly webhook: Webhook;
  readonly alert: KeptAlert;
  readonly address: string | undefined;
  readonly signal: AbortSignal;
  /** Replaced in tests. */
  readonly waits?: readonly number[];
}

/**
 * Sends an alert to a webhook, again and again for a quarter of an hour while it is not taken. What is
 * refused as wrong (4xx but 408 and 429) is not sent again.
 *
 * @throws Error that names the webhook and what it answered: never its address, which may be a secret.
 */
export async function deliver({
  webhook,
  alert,
  address,
  signal,
  waits = waitsMs,
}: Delivery): Promise<void> {
  const { body, headers } = message(webhook, alert, address);
  for (let tries = 1; ; tries++) {
    const answer = await post(webhook.url, body, headers(), signal);
    if (answer.taken) return;
    const waitMs = waits[tries - 1];
    if (!answer.again || waitMs === undefined || signal.aborted) {
      throw new Error(`webhook ${webhook.name}: ${answer.says}, after ${tries} tries`);
    }
    await pause(Math.max(waitMs, answer.waitMs), signal);
  }
}

interface Answer {
  readonly taken: boolean;
  readonly again: boolean;
  readonly waitMs: number;
  readonly says: string;
}

async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
      // A receiver that sends us elsewhere would be told what was signed for it alone.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    const { status, ok } = response;
    const again = status >= 500 || status === 408 || status === 429;
    const retryAfter = Number(response.headers.get('retry-after') ?? 0);
    const waitMs = Number.isFinite(retryAfter) ? Math.min(retryAfter, 600) * 1000 : 0;
    return { taken: ok, again, waitMs, says: `it answered ${status}` };
  } catch (error) {
    // The message of fetch names the address; its cause names what happened.
    const cause =
      error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
    const says = `it cannot be reached (${cause?.code ?? (error as Error).name})`;
    return { taken: false, again: true, waitMs: 0, says };
  }
}

function message({ kind, secret }: Webhook, alert: KeptAlert, address: string | undefined) {
  if (kind === 'slack') {
    return { body: JSON.stringify({ text: slackText(alert, address) }), headers: () => ({}) };
  }
  const body = JSON.stringify({
    type: `alert.${alert.state}`,
    timestamp: new Date(alert.resolvedAt ?? alert.firedAt).toISOString(),
    data: { ...alert, link: address && `${address}/ops/alerts` },
  });
  const id = `${alert.id}.${alert.state}`;
  return {
    body,
    headers: () => {
      const now = new Date();
      return {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Signer(secret ?? '').sign(id, now, body),
      };
    },
  };
}

/** Slack reads `&`, `<` and `>`: what jobs and queues are called must not become a link or a mention. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function slackText(alert: KeptAlert, address: string | undefined): string {
  const { state, title, name, says, bugs } = alert;
  const link = (path: string, text: string) =>
    address === undefined ? escape(text) : `<${address}${path}|${escape(text)}>`;
  const head = state === 'firing' ? ':rotating_light: *Firing*' : ':white_check_mark: *Resolved*';
  const lines = [`${head}: ${escape(title)} (${escape(name)})`];
  if (state === 'firing') {
    lines.push(escape(says));
    for (const { bug, title: of, page, fix } of bugs.slice(0, 3)) {
      lines.push(`• ${link(page, `${bug} ${of}`)}: ${escape(fix)}`);
    }
  }
  if (address !== undefined) lines.push(link('/ops/alerts', 'All alerts'));
  return lines.join('\n');
}
