/** How Wine is set up for everything that the harness runs with it. */
export const wineEnvironment = {
  WINEARCH: 'win64',
  // Wine's own remarks would stand among the lines of the program, but for why it could not start one.
  WINEDEBUG: '-all,err+virtual',
  WINEDLLOVERRIDES: [
    // Wine asks to download .NET and a browser when it first meets these.
    'mscoree=',
    'mshtml=',
    // Python 3.12 and newer ask WMI for the name of the system, and Wine 8 crashes on the question
    // (unimplemented propsys.VariantToString). Without WMI, Python asks the registry as it did before.
    'wbemprox=',
    // A crash is to end the program, not to start a debugger.
    'winedbg.exe=',
  ].join(';'),
} as const;
