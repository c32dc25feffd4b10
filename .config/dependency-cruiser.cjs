/**
 * Direction of imports: domain knows nothing, the contract knows the domain, each part knows those
 * two, charts draw them, jobs know the parts, app composes them, hosts show the app. Types count as imports.
 */

const domainAndContract = ['^src-main/domain/', '^src-main/contract/'];
const charts = '^src-main/charts/';
const outside = '^(src-main|src-renderer)/';
const library = (name) => `(^|/)node_modules/(@types/)?${name}(/|$)`;

/** `folder` may import itself, `others` and libraries; of the project's own code nothing else. */
const only = (folder, ...others) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src-main/${folder}/` },
  to: { path: outside, pathNot: [`^src-main/${folder}/`, ...others.flat()] },
});

/** `name` may be imported from `place` only. */
const placed = (name, place, pattern = name) => ({
  name: `${name}-place`,
  severity: 'error',
  from: { pathNot: place },
  to: { path: library(pattern) },
});

/** `rooms` of the window may import themselves, `others` and what lies below the window. */
const inWindow = (name, rooms, ...others) => ({
  name,
  severity: 'error',
  from: { path: `^src-renderer/${rooms}/` },
  to: {
    path: '^src-renderer/',
    pathNot: ['$1/', ...others].map((room) => `^src-renderer/${room}`),
  },
});

const parts = ['market', 'journal', 'synth', 'datasets', 'models', 'store'].map(
  (part) => `^src-main/${part}/`,
);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^src-main/domain/' },
      to: { pathNot: '^src-main/domain/' },
    },
    {
      name: 'contract-imports',
      severity: 'error',
      from: { path: '^src-main/contract/' },
      to: { pathNot: [...domainAndContract, library('zod')] },
    },
    {
      // The synthetic market is a function of its seed: no file, no clock, no process. (A digest is
      // a function too.)
      name: 'synth-is-pure',
      severity: 'error',
      from: { path: '^src-main/synth/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      // A picture is numbers in, lines out: the window and the reports draw from the same.
      name: 'charts-imports',
      severity: 'error',
      from: { path: charts },
      to: { pathNot: [charts, ...domainAndContract, library('d3-scale')] },
    },
    only('synth', domainAndContract),
    only('market', domainAndContract),
    only('journal', domainAndContract),
    only('datasets', domainAndContract, '^src-main/synth/'),
    only('models', domainAndContract, '^src-main/datasets/reader[.]ts$'),
    {
      // Models read trades by an interface and never make them.
      name: 'models-read-by-interface',
      severity: 'error',
      from: { path: '^src-main/models/' },
      to: { path: '^src-main/datasets/', dependencyTypesNot: ['type-only'] },
    },
    only('store', domainAndContract),
    only('jobs', domainAndContract, parts),
    only('app', domainAndContract, charts, parts, '^src-main/jobs/'),
    // One door: what hosts need of the app they get there, and reach its rooms by calls.
    only('hosts', domainAndContract, '^src-main/app/open-app[.]ts$'),
    {
      // Words and tables of the command line are made of the domain's; other hosts only pass on.
      name: 'hosts-domain-for-text',
      severity: 'error',
      from: { path: '^src-main/hosts/', pathNot: '^src-main/hosts/cli/' },
      to: { path: '^src-main/domain/' },
    },
    {
      // The rooms are put together in one place, and none of them calls the whole app.
      name: 'app-rooms',
      severity: 'error',
      from: { path: '^src-main/app/', pathNot: '^src-main/app/open-app[.]ts$' },
      to: { path: '^src-main/app/(open-app|door)[.]ts$|^src-main/app/[^/]+/handlers[.]ts$' },
    },
    {
      // A window must not learn of calls that name files anywhere on the disk.
      name: 'local-calls-place',
      severity: 'error',
      from: { pathNot: '^src-main/contract/calls[.]ts$' },
      to: { path: '^src-main/contract/local-calls[.]ts$' },
    },
    {
      name: 'hosts-apart',
      severity: 'error',
      from: { path: '^src-main/hosts/([^/]+)/' },
      to: { path: '^src-main/hosts/[^/]+/', pathNot: '^src-main/hosts/$1/' },
    },
    {
      name: 'renderer-imports',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: [...domainAndContract, charts] },
    },
    inWindow('window-lib', '(lib)'),
    inWindow('window-charts', '(charts)', 'lib/'),
    inWindow('window-shared', '(shared)', 'charts/', 'lib/'),
    // A view: any other room. What two of them need lies in shared.
    inWindow(
      'window-views-apart',
      '(?!(?:lib|charts|shared|frame)/)([^/]+)',
      ...['shared/', 'charts/', 'lib/', 'app[.]svelte[.]ts$'],
    ),
    inWindow('window-frame', '(frame)', 'shared/', 'lib/', 'views[.]ts$', 'app[.]svelte[.]ts$'),
    {
      name: 'renderer-in-a-browser',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    placed('d3', charts, 'd3-[^/]+'),
    placed('htmlparser2', '^src-main/journal/'),
    placed('fflate', '^src-main/journal/'),
    placed('better-sqlite3', '^src-main/store/'),
    placed('tensorflow', '^src-main/models/', '@tensorflow'),
    placed('electron', '^src-main/hosts/electron/'),
    placed('lightweight-charts', '^src-renderer/charts/'),
    {
      name: 'lightweight-charts-once',
      severity: 'error',
      from: { path: '^src-renderer/' },
      module: { path: library('lightweight-charts'), numberOfDependentsMoreThan: 1 },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports too: a layer that knows another's types knows the other.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
