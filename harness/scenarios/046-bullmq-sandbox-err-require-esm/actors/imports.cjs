/** CommonJS that imports an ES module when it is needed. */
module.exports = async (job) => {
  const { default: double } = await import('./double.mjs');
  return double(job);
};
