import { library } from '../../tsup.base.ts';

// The shims give the CJS copies of the two programs an import.meta.url.
export default library(['src/index.ts', 'src/cli.ts', 'src/discover-worker.ts'], { platform: 'node', shims: true });
