import {
  ARGUMENTS,
  ASLEEP,
  CHUNKS,
  EPOCH,
  FAILED,
  HELPERS,
  KERNEL,
  MAIL,
  NEXT,
  READY,
  SIGNAL,
  SPIN,
  STATE,
  STOPPED,
  WAITING,
} from './control.js';

/** The registered symbol under which a thread of the pool finds the number of threads it may use itself. */
export const THREADS_MARK = '@neuronseek/tensor/threads';

/**
 * What a thread of the pool runs. It is text and imports nothing, so that bundlers, loaders and both module systems have nothing to resolve.
 *
 * A thread lives in `serve`, which never returns to the event loop: it polls its signal, sleeps after a while, reads mail, joins open jobs. It leaves
 * only for what needs an event loop, that is to import a module or to run whole tasks, and comes back afterwards. What it learns of inside of a job, where
 * mail is read too, it leaves for after it. Runs of tasks that ended before it heard of them are begun and ended like all others, one by one.
 *
 * Structured clones turn a DOMException into an empty object, so its message travels as an Error.
 *
 * Joining is a handshake: the thread says that it is inside and then looks at the epoch once more. The calling thread changes the epoch and then
 * looks at who is inside. Whichever comes second sees the other, so nobody works on a job while the next one is being written down.
 */
export function workerProgram(): string {
  return `const { parentPort, receiveMessageOnPort, workerData } = process.getBuiltinModule('node:worker_threads');
const { words, values, own, port, helper } = workerData;
const kernels = [];
let shared = { epoch: 0 };
let joined = 0;
let leave;
globalThis[Symbol.for('${THREADS_MARK}')] = 1;

async function find(module, name) {
  const found = await import(module);
  const f = found[name] ?? found.default?.[name];
  if (typeof f !== 'function') throw new TypeError(module + ' exports no function ' + name);
  return f;
}

function learn({ id, module, memory, scratch }) {
  const { run } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  kernels[id] = (epoch, count) => {
    const parameters = [0, scratch, ...values.subarray(0, count)];
    return (index) => {
      parameters[0] = index;
      run(...parameters);
    };
  };
}

async function load({ id, task, name }) {
  let f;
  try {
    f = await find(task, name);
  } catch (error) {
    f = () => {
      throw error;
    };
  }
  kernels[id] = (epoch) => {
    readMail();
    return shared.epoch === epoch ? (index) => f(index, shared.args) : undefined;
  };
}

function readMail() {
  for (let mail = receiveMessageOnPort(port); mail !== undefined; mail = receiveMessageOnPort(port)) {
    const { message } = mail;
    if (message.module !== undefined) learn(message);
    else if (message.task !== undefined) leave = Promise.all([leave, load(message)]);
    else if (message.epoch !== undefined) shared = message;
    else leave = Promise.all([leave, tasks()]);
  }
}

function sendable(error) {
  return error instanceof DOMException ? new Error(error.message) : error;
}

function fail(chunk, error) {
  try {
    port.postMessage({ chunk, error: sendable(error) });
  } catch {
    port.postMessage({ chunk, error: new Error(String(error?.message ?? error)) });
  }
}

function work(epoch) {
  let index = -1;
  Atomics.store(own, ${STATE}, 1);
  if (Atomics.load(words, ${EPOCH}) === epoch && Atomics.load(own, ${STOPPED}) === 0 && helper < words[${HELPERS}]) {
    const chunks = words[${CHUNKS}];
    try {
      const run = kernels[words[${KERNEL}]]?.(epoch, words[${ARGUMENTS}]);
      while (run !== undefined && (index = Atomics.add(words, ${NEXT}, 1)) < chunks) {
        Atomics.store(own, ${STATE}, index + 2);
        run(index);
      }
    } catch (error) {
      fail(index, error);
      Atomics.store(words, ${NEXT}, chunks);
      Atomics.store(words, ${FAILED}, 1);
    }
  }
  Atomics.store(own, ${STATE}, 0);
  if (Atomics.load(words, ${WAITING}) !== 0) Atomics.notify(own, ${STATE});
}

function serve() {
  for (;;) {
    const signal = Atomics.load(own, ${SIGNAL});
    if (Atomics.load(own, ${MAIL}) !== 0) {
      Atomics.store(own, ${MAIL}, 0);
      readMail();
      if (leave !== undefined) {
        leave.then(() => setImmediate(serve));
        leave = undefined;
        return;
      }
    }
    const epoch = Atomics.load(words, ${EPOCH});
    if (epoch !== joined && (epoch & 1) === 0) {
      joined = epoch;
      work(epoch);
    }
    let polls = 0;
    while (polls < ${SPIN} && Atomics.load(own, ${SIGNAL}) === signal) polls++;
    if (polls === ${SPIN}) {
      Atomics.store(own, ${ASLEEP}, 1);
      Atomics.wait(own, ${SIGNAL}, signal);
      Atomics.store(own, ${ASLEEP}, 0);
    }
  }
}

let ends = 0;
const open = [];
function tasks() {
  return new Promise((resolve) => {
    if (ends > 0) resolve(ends--);
    else open.push(resolve);
  });
}

function answer(index, result) {
  try {
    parentPort.postMessage({ index, ...result });
  } catch (error) {
    const text = result.thrown ? result.error?.message ?? result.error : 'its result cannot be sent: ' + error?.message;
    parentPort.postMessage({ index, thrown: true, error: new Error(String(text)) });
  }
}

parentPort.on('message', async ({ module, name, index, item }) => {
  if (module === undefined) {
    if (open.length > 0) open.shift()();
    else ends++;
    return;
  }
  try {
    answer(index, { value: await (await find(module, name))(item) });
  } catch (error) {
    answer(index, { thrown: true, error: sendable(error) });
  }
});

Atomics.store(own, ${READY}, 1);
serve();
`;
}
