/** An answer that is not the one asked for, in the words of the server. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks the JSON API of this dashboard.
 * @throws Refused with what the server says; somebody who is not logged in is led to the login.
 */
export async function ask<Answer>(
  path: string,
  { method = 'GET', body, signal }: { method?: string; body?: unknown; signal?: AbortSignal } = {},
): Promise<Answer> {
  const response = await send(path, method, body, signal);
  const type = response.headers.get('content-type') ?? '';
  return (type.includes('json') ? await response.json() : undefined) as Answer;
}

/**
 * Sends a write whose answer comes line by line, and calls with each line as soon as it is there.
 * @throws Refused as `ask` does; what aborted the signal.
 */
export async function tellEach(
  path: string,
  body: unknown,
  onLine: (line: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const response = await send(path, 'POST', body, signal);
  const decoder = new TextDecoder();
  let rest = '';
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    const lines = (rest + decoder.decode(value, { stream: !done })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(JSON.parse(line));
    if (done) return;
  }
}

async function send(
  path: string,
  method: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(signal && { signal }),
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (response.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
  if (!response.ok) {
    const answer: unknown = await response.json().catch(() => undefined);
    const { detail } = (answer ?? {}) as { detail?: string };
    throw new Refused(response.status, detail ?? `The server answered ${response.status}.`);
  }
  return response;
}

/**
 * Calls with each event that the server pushes, and says when the connection is lost and is back;
 * the browser connects again by itself. Stops while nobody looks at the page.
 */
export function listen(
  path: string,
  onEvent: (event: unknown) => void,
  onState: (connected: boolean) => void,
): void {
  let source: EventSource | undefined;
  const open = () => {
    source ??= new EventSource(path);
    source.onopen = () => {
      onState(true);
    };
    source.onerror = () => {
      onState(false);
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      onEvent(JSON.parse(data));
    };
  };
  const follow = () => {
    if (document.visibilityState === 'visible') open();
    else {
      source?.close();
      source = undefined;
    }
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}
