export { announce } from './announce.cjs';
