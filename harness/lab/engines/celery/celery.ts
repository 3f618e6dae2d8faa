import type { Engine } from '../engine.ts';
import { celeryImage } from './container/image.ts';
import { installCelery } from './install.ts';
import { celeryForWindows } from './windows/for-windows.ts';

export const celery: Engine = {
  install: installCelery,
  // Told that it is on Windows 10, CPython offers TCP_KEEPIDLE, redis-py 8 sets it, and Wine 8 answers
  // WinError 10042: so it gets Windows 7, Wine 8's own default, where it offers none.
  windows: 'windows-7',
  installForWindows: celeryForWindows,
  image: celeryImage,
};
