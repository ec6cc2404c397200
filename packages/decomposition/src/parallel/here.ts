/** The path of a CommonJS module; nothing where modules are ES modules. */
declare const __filename: string | undefined;

/**
 * The address of the module that threads import, index.js beside this one: bundled, all of it is one file. In the CommonJS build, where import.meta is
 * empty, the address of that file is made from its path.
 */
export function addressForThreads(): string {
  const address: string | undefined = import.meta.url;
  if (address !== undefined) return new URL('./index.js', address).href;
  if (typeof __filename !== 'string') {
    throw new Error('the address of this module is not known: bundle it as an ES module');
  }
  const path = __filename.replaceAll('\\', '/');
  // encodeURI leaves what has a meaning in addresses but may stand in the name of a file.
  const encoded = encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23');
  return `file://${path.startsWith('/') ? '' : '/'}${encoded}`;
}
