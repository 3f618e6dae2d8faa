import { keepsContract } from '../contract.ts';

keepsContract('bullmq', [
  { version: '6.7.0' },
  { version: '5.56.3' },
  { version: '4.18.2' },
  { version: '3.15.8' },
]);
