/**
 * How long the output of a program that has ended may stay open in the hands of a surviving child, or of
 * one outside its tree: a service of Wine's that it was the first to need inherits its stderr, and stays.
 */
const outputLingersMs = 1000;

/**
 * Makes what is called once a program has ended, to await the rest of its output. Whoever calls it later
 * does not wait anew.
 *
 * @param printed resolves when all of its output was read.
 */
export function drainedBy(printed: Promise<unknown>): () => Promise<unknown> {
  let lingered: Promise<unknown> | undefined;
  return () => (lingered ??= Promise.race([printed, elapsed(outputLingersMs)]));
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
