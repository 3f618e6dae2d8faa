// Loaded by every page: while a part does not answer, an empty page must not pass for a quiet one.

/** How often `/healthz` is asked while somebody looks at the page, in milliseconds. */
const everyMs = 5000;

interface Part {
  readonly status?: string;
  readonly reason?: string;
}

const banner = document.getElementById('health');

async function look(): Promise<void> {
  if (banner === null || document.visibilityState !== 'visible') return;
  const says = await whatIsDown();
  banner.textContent = says ?? '';
  banner.hidden = says === undefined;
}

async function whatIsDown(): Promise<string | undefined> {
  try {
    const response = await fetch('/healthz');
    const { status, ...parts } = (await response.json()) as Record<string, Part | string>;
    if (status !== 'down') return undefined;
    const down = Object.entries(parts).flatMap(([name, part]) =>
      typeof part === 'object' && part.status === 'down'
        ? [`${name}: ${part.reason ?? 'no answer'}`]
        : [],
    );
    const what = down.length > 0 ? ` (${down.join('; ')})` : '';
    return `Not everything answers${what}. What this page shows may be old, and what is missing may be there.`;
  } catch {
    return 'The dashboard does not answer. What this page shows is old.';
  }
}

void look();
setInterval(() => void look(), everyMs);
document.addEventListener('visibilitychange', () => void look());
