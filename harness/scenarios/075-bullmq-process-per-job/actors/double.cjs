/** Doubles a number, and notes each process that loads it. What FAULTY names is what is wrong with it. */
const { appendFileSync } = require('node:fs');

appendFileSync('children', `${process.pid}\n`);
if (process.env.FAULTY === 'file') throw new Error('out of luck');

module.exports = async (job) => {
  if (process.env.FAULTY === 'function') throw new Error('out of luck');
  return 2 * job.data[0];
};
