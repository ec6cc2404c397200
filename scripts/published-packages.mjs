import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {Record<string, unknown>} exports
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {readonly string[] | boolean} [bundledDependencies]
 * @property {readonly string[] | boolean} [bundleDependencies]
 *
 * @typedef {{ folder: string, path: string, manifest: Manifest }} Package
 *
 * @typedef {{ tarball: string, files: readonly string[], size: number }} Packed
 */

/**
 * The packages that go to the registry, in the order of their folders' names.
 *
 * @returns {Package[]}
 */
export function publishedPackages() {
  return readdirSync(join(root, 'packages'))
    .sort()
    .map((folder) => {
      const path = join(root, 'packages', folder);
      return { folder, path, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) };
    })
    .filter(({ manifest }) => !manifest.private);
}

/**
 * Makes the tarballs that publishing would upload.
 *
 * @param {readonly Package[]} packages
 * @param {string} destination an existing folder
 * @returns {Map<string, Packed>} by package name
 */
export function pack(packages, destination) {
  const workspaces = packages.flatMap(({ manifest }) => ['--workspace', manifest.name]);
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--loglevel=error', '--pack-destination', destination, ...workspaces],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  /** @type {{ name: string, filename: string, size: number, files: { path: string }[] }[]} */
  const entries = JSON.parse(output);
  return new Map(
    entries.map(({ name, filename, size, files }) => [
      name,
      { tarball: join(destination, filename), files: files.map(({ path }) => path), size },
    ]),
  );
}
