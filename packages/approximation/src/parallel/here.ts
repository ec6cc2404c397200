/** The path of a CommonJS module; nothing where modules are ES modules. */
declare const __filename: string | undefined;

/**
 * The address of the module that threads import, index.js in this folder. Bundled, this code is in that file itself, or in one that it
 * shares with other entries a folder above. In the CommonJS build, where import.meta is empty, the address is made from the path of the file.
 */
export function addressForThreads(): string {
  const address: string | undefined = import.meta.url;
  if (address !== undefined) return indexBeside(address, 'js');
  if (typeof __filename !== 'string') {
    throw new Error('the address of this module is not known: bundle it as an ES module');
  }
  const path = __filename.replaceAll('\\', '/');
  // encodeURI leaves what has a meaning in addresses but may stand in the name of a file.
  const encoded = encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
  return indexBeside(`file://${path.startsWith('/') ? '' : '/'}${encoded}`, 'cjs');
}

function indexBeside(address: string, extension: 'js' | 'cjs'): string {
  const inFolder = /\/parallel\/[^/]*$/.test(address);
  return new URL(`${inFolder ? '.' : './parallel'}/index.${extension}`, address).href;
}
