module.exports = (job) => 2 * job.data[0];
