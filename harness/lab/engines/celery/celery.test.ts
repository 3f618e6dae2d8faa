import { keepsContract } from '../contract.ts';

keepsContract('celery', [
  { version: '5.7.0' },
  { version: '5.6.3', python: '3.13', launch: 'venv' },
  { version: '5.2.7', python: '3.9' },
]);
