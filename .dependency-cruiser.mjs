/** @import { IConfiguration, IForbiddenRuleType } from 'dependency-cruiser' */

/**
 * What each package may import besides itself. `npm run check:imports` refuses everything else, and a package that has no row here.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const ARROWS = {
  tensor: [],
  decomposition: ['tensor'],
  neurons: ['tensor', 'decomposition'],
  network: ['tensor', 'neurons'],
  search: ['tensor', 'decomposition', 'neurons', 'network'],
  approximation: ['tensor', 'neurons', 'network'],
  neuronseek: ['tensor', 'decomposition', 'neurons', 'network', 'search', 'approximation'],
  testkit: [],
};

/**
 * The floors inside tensor, from the ground up: a folder imports itself and folders of lower floors.
 *
 * @type {readonly (readonly string[])[]}
 */
export const FLOORS = [['math', 'wasm'], ['random', 'parallel'], ['kernels'], ['core'], ['linalg', 'io', 'ndarray']];

/** Packages whose sources may use Node: the command line, and what only tests import. */
const NODE_PACKAGES = ['neuronseek', 'testkit'];

const TEST = '[.]test[.]ts$';
/** @param {readonly string[]} names */
const oneOf = (names) => `(${names.join('|')})`;

/** @type {IForbiddenRuleType[]} */
const arrows = Object.entries(ARROWS).map(([name, allowed]) => ({
  name: `arrow-${name}`,
  comment:
    allowed.length > 0 ? `${name} imports only ${allowed.join(', ')}` : `${name} imports no package of the workspace`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: TEST },
  to: { path: '^packages/', pathNot: `^packages/${oneOf([name, ...allowed])}/` },
}));

/** @type {IForbiddenRuleType[]} */
const floors = FLOORS.flatMap((floor, level) =>
  floor.map((folder) => ({
    name: `floor-${folder}`,
    comment: `tensor/src/${folder} imports only itself and lower floors`,
    severity: /** @type {const} */ ('error'),
    from: { path: `^packages/tensor/src/${folder}/`, pathNot: TEST },
    to: {
      path: '^packages/tensor/src/',
      pathNot: `^packages/tensor/src/${oneOf([folder, ...FLOORS.slice(0, level).flat()])}/`,
    },
  })),
);

/** @type {IConfiguration} */
export default {
  forbidden: [
    ...arrows,
    ...floors,
    {
      name: 'floor-index',
      comment: 'the entry of tensor re-exports core and nothing else; the other floors have entries of their own',
      severity: 'error',
      from: { path: '^packages/tensor/src/index[.]ts$' },
      to: { pathNot: '^packages/tensor/src/core/' },
    },
    {
      name: 'unknown-floor',
      comment: 'a folder of tensor/src that stands on no floor',
      severity: 'error',
      from: {
        path: '^packages/tensor/src/',
        pathNot: `^packages/tensor/src/(${FLOORS.flat().join('/|')}/|index[.]ts$)`,
      },
      to: {},
    },
    {
      name: 'unknown-package',
      comment: 'a package without a row in ARROWS',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/${oneOf(Object.keys(ARROWS))}/` },
      to: {},
    },
    {
      name: 'value-cycle',
      comment:
        'modules that import each other at run time are initialised in an order nobody chose; type imports are no such cycle',
      severity: 'error',
      from: { path: '^packages/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'own-index',
      comment: 'inside a package import the module itself: the way through its index is a cycle waiting to close',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: TEST },
      to: { path: '^packages/$1/src/index[.]ts$' },
    },
    {
      name: 'relative-into-package',
      comment: 'another package is imported by its name, so that its exports map is the whole of what others see',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'node-builtin',
      comment: 'libraries run in browsers too; only the command line may use Node',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [TEST, `^packages/${oneOf(NODE_PACKAGES)}/`] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'third-party',
      comment: 'published packages depend on nothing outside this repository; development tools belong to tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [TEST, '^packages/testkit/'] },
      to: { path: '(^|/)node_modules/' },
    },
    {
      name: 'unresolvable',
      comment: 'no such file, or an entry the package does not export',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'built-file',
      comment: 'sources and tests import sources: built files may be older, or missing',
      severity: 'error',
      from: {},
      to: { path: '^packages/[^/]+/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    // Type imports are arrows as well: the declarations of a package import what its sources do.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
