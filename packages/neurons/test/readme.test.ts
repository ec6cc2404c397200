import { testReadme } from '@neuronseek/testkit';

testReadme(new URL('../README.md', import.meta.url));
