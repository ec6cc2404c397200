import { library } from '../../tsup.base.ts';

export default library(
  [
    'src/index.ts',
    'src/math/index.ts',
    'src/random/index.ts',
    'src/parallel/index.ts',
    'src/kernels/index.ts',
    'src/linalg/index.ts',
    'src/io/index.ts',
    'src/ndarray/index.ts',
  ],
  // There are no threads in browsers.
  { browser: { 'run-job': 'run-job-in-browsers' } },
);
