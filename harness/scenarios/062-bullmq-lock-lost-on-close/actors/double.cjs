/** Doubles a number within three seconds, and prints when it begins and ends. */
const { setTimeout } = require('node:timers/promises');

module.exports = async function double(job) {
  console.log('begun');
  await setTimeout(3_000);
  console.log('done');
  return 2 * job.data[0];
};
