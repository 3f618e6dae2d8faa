/** Doubles a number. */
module.exports = async (job) => 2 * job.data[0];
