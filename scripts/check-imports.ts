import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import config from '../.dependency-cruiser.mjs';

/** An import that breaks a rule of .dependency-cruiser.mjs. Paths are relative to the root. */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly comment: string;
}

export interface ImportReport {
  readonly modules: number;
  readonly imports: number;
  readonly violations: readonly Violation[];
}

const CYCLE = 'value-cycle';

/**
 * Reads every module of the src and test folders below `root` and reports what breaks the rules.
 *
 * It cruises twice. The first graph has the type imports in it: they are arrows between packages like any other. In the second one
 * they are compiled away, because dependency-cruiser looks at one cycle per import only, and a cycle through a type import would
 * hide one of values behind the same import.
 */
export async function checkImports(root: string): Promise<ImportReport> {
  const all = await run(root, {
    tsPreCompilationDeps: true,
    ruleSet: { forbidden: config.forbidden?.filter((rule) => rule.name !== CYCLE) },
  });
  const values = await run(root, {
    tsPreCompilationDeps: false,
    ruleSet: { forbidden: config.forbidden?.filter((rule) => rule.name === CYCLE) },
  });
  return {
    modules: all.summary.totalCruised,
    imports: all.summary.totalDependenciesCruised ?? 0,
    violations: [...violationsOf(all), ...violationsOf(values), ...againstManifests(root, all)],
  };
}

async function run(root: string, options: ICruiseOptions): Promise<ICruiseResult> {
  const sources = readdirSync(join(root, 'packages')).flatMap((name) =>
    ['src', 'test'].map((folder) => `packages/${name}/${folder}`).filter((path) => existsSync(join(root, path))),
  );
  const tsconfig = join(root, 'tsconfig.json');
  const { output } = await cruise(
    sources,
    { ...config.options, ...options, validate: true, baseDir: root, tsConfig: { fileName: tsconfig } },
    undefined,
    { tsConfig: extractTSConfig(tsconfig) },
  );
  if (typeof output === 'string') throw new TypeError(`check-imports: a report was asked for as data: got ${output}`);
  return output;
}

function violationsOf(result: ICruiseResult): Violation[] {
  const comments = new Map(config.forbidden?.map((rule) => [rule.name, rule.comment]));
  return result.summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to: cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> '),
    comment: comments.get(rule.name) ?? '',
  }));
}

/** What package.json must say about the imports between packages; here, in one tree, they would work without. */
function againstManifests(root: string, result: ICruiseResult): Violation[] {
  const manifest = (name: string): { dependencies?: Record<string, string>; exports?: Record<string, unknown> } =>
    JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  const violations: Violation[] = [];
  for (const { source: from, dependencies } of result.modules) {
    const importer = /^packages\/([^/]+)\//.exec(from)?.[1];
    const inSource = /^packages\/[^/]+\/src\//.test(from) && !from.endsWith('.test.ts');
    for (const { module, resolved: to } of dependencies) {
      const [, name, subpath] = /^@neuronseek\/([^/]+)(\/.*)?$/.exec(module) ?? [];
      if (importer === undefined || name === undefined || !existsSync(join(root, 'packages', name))) continue;
      if (!(`.${subpath ?? ''}` in (manifest(name).exports ?? {})))
        violations.push({
          rule: 'not-exported',
          from,
          to,
          comment: `${module} is not in the exports map of its package`,
        });
      if (inSource && name !== importer && !(`@neuronseek/${name}` in (manifest(importer).dependencies ?? {})))
        violations.push({
          rule: 'undeclared',
          from,
          to,
          comment: `packages/${importer}/package.json does not depend on it`,
        });
    }
  }
  return violations;
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const { modules, imports, violations } = await checkImports(process.cwd());
  for (const { rule, from, to, comment } of violations) console.error(`${rule}: ${from} -> ${to}\n    ${comment}`);
  console.log(`imports: ${modules} modules, ${imports} imports, ${violations.length} violations`);
  if (violations.length > 0 || modules === 0) process.exitCode = 1;
}
