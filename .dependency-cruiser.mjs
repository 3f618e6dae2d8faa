/** The import directions of docs/design.md: what a room may not import. */
const rooms = {
  catalog: ['harness', 'worker', 'dashboard', 'site', 'cli'],
  worker: ['harness', 'dashboard', 'site', 'cli'],
  harness: ['dashboard', 'site', 'cli'],
  dashboard: ['harness', 'site', 'cli'],
  site: ['harness', 'worker', 'dashboard', 'cli'],
  cli: ['site', 'bench'],
  bench: ['site'],
  lint: ['harness', 'worker', 'dashboard', 'site', 'cli', 'bench'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      // Actors of BUG-057 and BUG-058 bring Bull and node-redis along in their cells.
      to: { couldNotResolve: true, pathNot: '^(astro:|redis$|bull$)' },
    },
    ...Object.entries({
      trial: 'selection|record|report|scenario|rounds',
      selection: 'record|report|scenario|rounds',
      report: 'record|scenario|rounds',
      record: 'scenario|rounds',
      scenario: 'rounds',
    }).map(([room, above]) => ({
      name: `no-arrow-runs-up-from-harness-${room}`,
      severity: 'error',
      from: { path: `^harness/${room}/`, pathNot: '\\.test\\.ts$' },
      to: { path: `^harness/(?:${above})/` },
    })),
    {
      name: 'the-lab-is-the-floor-of-the-harness',
      comment: 'What programs run on knows nothing of claims (docs/design.md).',
      severity: 'error',
      from: { path: '^harness/lab/' },
      to: { path: '^harness/(?!lab/)' },
    },
    {
      // The page diagnoses a pasted log in a web worker, with the very same code.
      name: 'diagnosis-runs-in-browsers',
      severity: 'error',
      from: { path: '^catalog/(diagnose|signature)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'diagnosis-needs-nothing-of-node',
      severity: 'error',
      from: { path: '^catalog/(diagnose|signature)/', pathNot: '\\.test\\.ts$' },
      to: {
        reachable: true,
        path: '^(node:)?(fs|path|os|util|url|stream|buffer|child_process)(/|$)',
      },
    },
    ...Object.entries(rooms).map(([room, forbidden]) => ({
      name: `${room}-imports-one-way`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { path: `^(${forbidden.join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|\\.astro)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.astro'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
