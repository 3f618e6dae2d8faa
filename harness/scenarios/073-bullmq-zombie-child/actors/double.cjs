/** Doubles a number. The first process or thread that loads this file fails to, as when memory is short for a moment. */
const { existsSync, writeFileSync } = require('node:fs');

if (!existsSync('loaded-before')) {
  writeFileSync('loaded-before', '');
  throw new Error('out of luck');
}

module.exports = async (job) => 2 * job.data[0];
