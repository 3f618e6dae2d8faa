/** Computes for four seconds: at a stretch, in pieces of two seconds, or with a rest every 20 ms. */
const piecesMs = { 'at a stretch': 4_000, 'in pieces': 2_000, 'with rests': 20 };

export default async function compute(job) {
  console.log('begun');
  const [begun, used] = [Date.now(), process.cpuUsage()];
  const piece = piecesMs[process.env.HOW];
  for (let done = 0; done < 4_000; done += piece) {
    const end = Date.now() + piece;
    while (Date.now() < end);
    if (done + piece < 4_000) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const { user, system } = process.cpuUsage(used);
  const share = (user + system) / 1_000 / (Date.now() - begun);
  console.log(JSON.stringify({ computed: true, 'took a CPU': share > 0.1 }));
  return 2 * job.data[0];
}
