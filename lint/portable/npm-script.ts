/** What `sh` makes of a script of package.json and the `cmd` of Windows does not. */
const posixShell: readonly (readonly [RegExp, string])[] = [
  [/'/, 'single quotes, which cmd takes for letters'],
  [/[;`]/, 'a semicolon or a backtick'],
  [/\$/, 'a variable: cmd writes %NAME%'],
  [/(?:^|&& *|\|\| *)\w+=/, 'a variable set for one command'],
  [/(?:^|&& *|\|\| *|\| *)\.?\.?\//, 'a program by its path'],
  [/\/dev\//, 'a device of POSIX'],
  [
    /(?:^|&& *|\|\| *|\| *)(?:cat|chmod|cp|export|find|grep|ln|ls|mv|rm|sed|sh|bash|test|touch|which)\b/,
    'a program that Windows lacks',
  ],
];

/** Why a script of package.json does not run on Windows, if it does not. */
export function whyNotOnWindows(script: string): string | undefined {
  return posixShell.find(([pattern]) => pattern.test(script))?.[1];
}
