/** A function by the module that exports it: threads share no functions, so each imports its own. */
export interface Task {
  /** Absolute address of the module, ESM or CommonJS: `new URL('./task.js', import.meta.url)`, or `pathToFileURL(path)` of node:url. */
  readonly module: { readonly href: string } | string;
  /** Name under which the module exports the function. */
  readonly name: string;
}

/** The address of the module; refuses what only means something relative to a file that is not known here. */
export function taskModule(op: string, { module, name }: Task): string {
  if (typeof name !== 'string') throw new TypeError(`${op}: task.name must be a string, got ${typeof name}`);
  const address = typeof module === 'string' ? module : module?.href;
  if (typeof address !== 'string' || !/^[a-z][a-z\d+.-]*:/i.test(address)) {
    throw new TypeError(
      `${op}: task.module must be an absolute URL, such as new URL('./task.js', import.meta.url), got ${String(address)}`,
    );
  }
  return address;
}

/** The function, in this thread. Rejects where the module has none of that name. */
export async function importTask(module: string, name: string): Promise<(...args: unknown[]) => unknown> {
  const found: object = await import(/* @vite-ignore */ /* webpackIgnore: true */ module);
  const f: unknown = Reflect.get(found, name) ?? Reflect.get(Object(Reflect.get(found, 'default')), name);
  if (typeof f !== 'function') throw new TypeError(`${module} exports no function ${name}`);
  return (...args) => Reflect.apply(f, undefined, args);
}
