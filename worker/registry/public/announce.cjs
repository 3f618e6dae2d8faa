'use strict';

// What other projects require; they import announce.mjs. Both load the same module, so that one
// process has one registry.
exports.announce = require('../announce.cjs').announce;
