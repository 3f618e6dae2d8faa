const noNetwork =
  /name resolution|ENOTFOUND|EAI_AGAIN|Unknown host|unreachable|ECONNREFUSED|Connection refused|ETIMEDOUT|timed out/i;
const noSpace = /No space left on device|ENOSPC|disk quota exceeded/i;
/** pip's, over several lines. */
const wrongHash = /Expected sha256 (\w+)\s+Got\s+(\w+)/;
/** Lines that speak of an error and do not name it. */
const pointers = /A complete log of this run|\[Help 1\] http|re-run Maven|^\[ERROR\]\s*$/i;

/** Whether it failed because the disk took no more, by its own account. Many swallow that. */
export function saysDiskFull(printed: string): boolean {
  return noSpace.test(printed);
}

/**
 * Why a package manager failed, of all that it printed. What it says last is seldom the cause: without a
 * network, pip ends with "No matching distribution found" and Maven with where to read more.
 *
 * @param from where the package would come from, such as `PyPI`.
 */
export function explainFailure(printed: string, from?: string): string {
  const [, expected, got] = wrongHash.exec(printed) ?? [];
  if (expected !== undefined && got !== undefined) {
    return `a wheel is not the one pinned: expected SHA-256 ${expected}, got ${got}; do not use what was downloaded`;
  }
  const cause = lineLike(printed, noNetwork);
  if (from !== undefined && cause !== undefined) {
    return `${from} cannot be reached (${cause}); connect this machine to the network and type the command again`;
  }
  return lineLike(printed, /error/i) ?? lineLike(printed, /./) ?? 'it gave no reason';
}

/** The part of the first such line that names the cause. */
function lineLike(printed: string, wanted: RegExp): string | undefined {
  const line = printed.split(/\r?\n/).find((line) => wanted.test(line) && !pointers.test(line));
  return line?.trim();
}
