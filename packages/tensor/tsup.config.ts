import { library } from '../../tsup.base.ts';

export default library(['src/index.ts', 'src/random/index.ts', 'src/kernels/index.ts', 'src/linalg/index.ts']);
