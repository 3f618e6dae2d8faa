import { cacheFolder } from './cache/folder.ts';

/** Thrown where the machine lacks what a run needs: the cell is `not run`, and the message says what to do about it. */
export class NotRun extends Error {
  override readonly name = 'NotRun';
}

/** No space is left on a disk. */
export class DiskFull extends NotRun {
  constructor(place: string) {
    const disk = place.startsWith(cacheFolder()) ? cacheFolder() : place;
    super(`the disk of ${disk} is full; ${spaceNeeded}`);
  }
}

/** What to do about a disk that is full. */
const spaceNeeded = 'free some space, or set POOLPROOF_CACHE to a folder on a disk with more of it';

/**
 * What was missing, if that is why something threw: a `NotRun`, also one that an error of the cleaning
 * up afterwards hides, or a disk that takes no more. Undefined for every other error.
 */
export function whatWasMissing(error: unknown): NotRun | undefined {
  if (error instanceof NotRun) return error;
  if (error instanceof SuppressedError) {
    return whatWasMissing(error.suppressed) ?? whatWasMissing(error.error);
  }
  const { code, message, path: file = cacheFolder() } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFull(file);
  if ((code === 'EACCES' || code === 'EROFS') && file.startsWith(cacheFolder())) {
    return new NotRun(`${message}; set POOLPROOF_CACHE to a folder that can be written`);
  }
  return undefined;
}
