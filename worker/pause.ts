/** Lets time pass between two tries, in milliseconds; less when the signal comes. Nothing is waited for. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = () => {
    resolve(undefined);
  };
  const timer = setTimeout(end, ms);
  signal?.addEventListener('abort', end, { once: true });
  try {
    if (!signal?.aborted) await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
