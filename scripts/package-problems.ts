import ts from 'typescript';
import type { Manifest } from './published-packages.mjs';

const SCOPE = '@neuronseek/';

/** What a package makes others install: nothing outside the scope, nothing the design gives it no arrow to, nothing that runs. */
export function dependencyProblems(manifest: Manifest, allowed: readonly string[]): string[] {
  const problems: string[] = [];
  for (const field of ['dependencies', 'peerDependencies', 'optionalDependencies'] as const) {
    for (const name of Object.keys(manifest[field] ?? {})) {
      if (field === 'dependencies' && name.startsWith(SCOPE) && allowed.includes(name.slice(SCOPE.length))) continue;
      problems.push(
        `${field} name ${name}; only ${allowed.map((to) => SCOPE + to).join(', ') || 'nothing'} may stand in dependencies`,
      );
    }
  }
  for (const field of ['bundledDependencies', 'bundleDependencies'] as const)
    if (manifest[field] !== undefined) problems.push(`${field} puts other people's code into the tarball`);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    if (manifest.scripts?.[script] !== undefined)
      problems.push(`the script ${script} would run where the package is installed`);
  return problems;
}

/** What lies in the tarball: the built files with their source maps, README, LICENSE, package.json, a table of features where there is one, and all that the manifest names. */
export function contentProblems(manifest: Manifest, files: readonly string[]): string[] {
  const has = new Set(files);
  const problems: string[] = [];
  for (const path of new Set(['package.json', 'README.md', 'LICENSE', ...targets(manifest)]))
    if (!has.has(path)) problems.push(`${path} is missing`);
  for (const path of files) {
    if (/^(package[.]json|README[.]md|FEATURES[.]md|LICENSE)$/.test(path)) continue;
    if (!/^dist\/.+[.](js|cjs|d[.]ts|d[.]cts|js[.]map|cjs[.]map)$/.test(path))
      problems.push(`${path} should not be in it`);
    if (/(?<![.]d)[.]c?js$/.test(path) && !has.has(`${path}.map`)) problems.push(`${path} has no source map`);
  }
  return problems;
}

/** The files that exports and bin point to, as paths in the tarball. */
function targets(manifest: Manifest): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(value.replace(/^[.]\//, ''));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(manifest.exports);
  visit(manifest.bin);
  return found;
}

/** What built code may not do, because a place we promise to run in refuses it (code from strings, missing modules) or because it is not repeatable. */
export function codeProblems(manifest: Manifest, path: string, code: string): string[] {
  const problems: string[] = [];
  const kind = /[.]d[.]c?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.ES2022, true, kind);
  const refuse = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    problems.push(`${path}:${line + 1}: ${what}`);
  };
  const checkModule = (node: ts.Node): void => {
    if (!ts.isStringLiteralLike(node)) {
      refuse(node, `loads a module named at run time: ${node.getText(source)}`);
      return;
    }
    const [name] = /^@[^/]+\/[^/]+|^[^/]+/.exec(node.text) ?? [node.text];
    if (/^([.]{1,2}\/|node:)/.test(node.text) || name in (manifest.dependencies ?? {})) return;
    refuse(node, `loads ${node.text}, which is neither its own, nor a dependency, nor Node's`);
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      checkModule(node.moduleSpecifier);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) checkModule(node.argument.literal);
    if (ts.isCallExpression(node)) {
      const [first] = node.arguments;
      const callee = node.expression;
      const called = ts.isIdentifier(callee) ? callee.text : '';
      // A module that the caller names, which bundlers are told to leave alone.
      const named = callee.kind === ts.SyntaxKind.ImportKeyword && /webpackIgnore: true/.test(node.getText(source));
      if (callee.kind === ts.SyntaxKind.ImportKeyword ? !named : called === 'require') checkModule(first);
      if (/^set(Timeout|Interval|Immediate)$/.test(called) && ts.isStringLiteralLike(first))
        refuse(node, `${called} of a string`);
    }
    if (ts.isIdentifier(node) && isReference(node)) {
      if (node.text === 'eval' || node.text === 'Function') refuse(node, `names ${node.text}`);
      const called = ts.isCallExpression(node.parent) && node.parent.expression === node;
      if (node.text === 'require' && !called) refuse(node, 'hands require around');
    }
    if (ts.isPropertyAccessExpression(node)) {
      const text = node.getText(source);
      // What would make two runs differ: randomness comes from keys, and results hold no clock.
      if (/^(Math[.]random|Date[.]now)$/.test(text)) refuse(node, `names ${text}`);
      if (/^(globalThis|window|self|global)[.](eval|Function)$/.test(text)) refuse(node, `names ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return problems;
}

/** Whether an identifier stands for a variable, rather than for a property or a declared name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent)
  );
}

/** What is wrong with the source maps of one format's files: a source in two of them is an engine that exists twice. */
export function sourceMapProblems(maps: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const owner = new Map<string, string>();
  for (const [path, text] of maps) {
    const map: { sources: string[]; sourcesContent?: (string | null)[] } = JSON.parse(text);
    map.sources.forEach((source, i) => {
      const at = new URL(source, `file:///package/${path}`).pathname;
      if (!at.startsWith('/package/src/')) problems.push(`${path} leads outside the package: ${source}`);
      if (typeof map.sourcesContent?.[i] !== 'string') problems.push(`${path} has no text for ${source}`);
      const other = owner.get(at);
      if (other !== undefined) problems.push(`${source} is in ${other} and again in ${path}`);
      owner.set(at, path);
    });
  }
  return problems;
}
