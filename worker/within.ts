/** Waits for work, but not for longer than a deadline. Failing in time counts as over, too. */
export async function isOverWithin(work: Promise<unknown>, deadlineMs: number): Promise<boolean> {
  const late = Symbol('late');
  const { promise: deadline, resolve } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(resolve, deadlineMs, late);
  try {
    return (await Promise.race([work.catch(() => undefined), deadline])) !== late;
  } finally {
    clearTimeout(timer);
  }
}
