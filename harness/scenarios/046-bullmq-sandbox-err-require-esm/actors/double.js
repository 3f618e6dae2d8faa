export default function double(job) {
  return 2 * job.data[0];
}
