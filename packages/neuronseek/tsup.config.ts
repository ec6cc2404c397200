import { library } from '../../tsup.base.ts';

export default library(['src/index.ts'], { programs: ['src/cli.ts', 'src/discover-worker.ts'], platform: 'node' });
