export { announce } from './announce.cjs';
export type { AnnounceOptions, AnyWorker, StopAnnouncing } from './announce.cjs';
