/** What a program needs to run at all. Everything else (PYTHON*, NODE_*, CELERY_* …) would make two machines differ. */
const passedOn = [
  'PATH',
  'PATHEXT',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'COMSPEC',
  'WINDIR',
  'APPDATA',
  'LOCALAPPDATA',
  // Python's platform and multiprocessing learn of the machine from these.
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
  'TEMP',
  'TMP',
  'TMPDIR',
  'LD_LIBRARY_PATH',
];

/** The environment of a native actor. */
export function actorEnvironment(own: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && passedOn.includes(entry[0].toUpperCase()),
  );
  return { ...Object.fromEntries(inherited), LANG: 'C.UTF-8', TZ: 'UTC', ...own };
}
