import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@neuronseek/search';

/** A folder that files go into. */
export interface OutputFolder {
  /** Writes a file whole or not at all (a temporary file, renamed) and returns its path. */
  write(name: string, text: string): string;
  /** Takes away again the folders that were created here, as far as they are still empty. */
  discard(): void;
}

/** Makes sure that a folder exists and can be written, before hours are spent on what shall go into it; InputError otherwise. */
export function outputFolder(path: string): OutputFolder {
  const created: string[] = [];
  try {
    for (const folder of absent(path)) {
      mkdirSync(folder);
      created.unshift(folder);
    }
    if (!statSync(path).isDirectory()) throw new InputError(`${path}: expected a folder, got a file`);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw complaint(path, error);
  }
  return {
    write(name, text) {
      const target = join(path, name);
      const temporary = join(path, `.${name}.tmp`);
      try {
        writeFileSync(temporary, text);
        renameSync(temporary, target);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw complaint(target, error);
      }
      return target;
    },
    discard() {
      try {
        for (const folder of created) rmdirSync(folder);
      } catch {
        // Not empty, or gone: then there is nothing to tidy up.
      }
    },
  };
}

/**
 * The folders that are missing on the way to `path`, outermost first. Not left to mkdir's `recursive`: Node 20 turns in circles
 * for ever where a parent exists but takes no folders (/proc, say).
 */
function absent(path: string): string[] {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) {
    if (folder === dirname(folder)) break;
    missing.unshift(folder);
  }
  return missing;
}

function complaint(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return error;
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return new InputError(`${path}: expected a folder, got a file in its place`);
  if (code === 'EACCES' || code === 'EPERM')
    return new InputError(`${path}: expected a place to write to, got permission denied`);
  return new InputError(`${path}: expected a place to write to, got ${code}`);
}
