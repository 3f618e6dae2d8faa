// The worker is gone, and nobody waits for a result.
process.once('disconnect', () => process.exit());

export { default } from './double.mjs';
