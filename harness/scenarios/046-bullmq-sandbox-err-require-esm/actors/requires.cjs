/** CommonJS that requires an ES module, as it does a package that is published as nothing else. */
const library = require('./double.mjs');

module.exports = (job) => library.default(job);
