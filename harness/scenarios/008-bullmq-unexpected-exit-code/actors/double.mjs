/** Doubles a number, unless its first attempt ends before that as ENDS says. */
const ends = {
  well: () => undefined,
  killed: async (job) => {
    await job.updateProgress(process.pid);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
  'by exit': () => process.exit(0),
  // Half a megabyte each, which is 200 in all.
  'with its memory full': () => Array.from({ length: 400 }, () => new Array(65_536).fill(0)).length,
};

export default async function double(job) {
  if (job.attemptsMade === 0) await ends[process.env.ENDS](job);
  return 2 * job.data[0];
}
