import { expect, test } from 'vitest';
import { readmeExamples, runReadmeExample } from '../src/readme.js';

const fence = '```';
const markdown = [
  '# A package',
  `${fence}ts`,
  "import { checkLinear } from '@neuronseek/testkit';",
  'const x: number = 1;',
  'console.log(x, typeof checkLinear); // 1 function',
  'console.log(',
  '  [1, 2],',
  ');',
  '// [ 1, 2 ]',
  '// and a comment that is not printed',
  '// stands with the rest',
  'const y = x; // not printed either',
  '// nor this',
  "for (const word of ['a\\nb', 'c']) {",
  '  console.log(word);',
  '  // a',
  '  // b',
  '  // c',
  '}',
  fence,
  `${fence}sh`,
  'console.log(1); // 1',
  fence,
  '* in a list',
  `  ${fence}ts`,
  '  nonsense',
  `  ${fence}`,
  `${fence}ts`,
  'export {};',
  fence,
].join('\n');

test('examples are the ts fences at the margin, with the comments after console.log', () => {
  const examples = readmeExamples(markdown);
  expect(examples.map(({ line }) => line)).toEqual([3, 29]);
  expect(examples[0].expected).toEqual([
    '1 function',
    '[ 1, 2 ]',
    'and a comment that is not printed',
    'stands with the rest',
    'a',
    'b',
    'c',
  ]);
  expect(examples[1]).toEqual({ line: 29, code: 'export {};', expected: [] });
});

test('examples run with the imports of a test, and what they print is caught', async () => {
  const [{ code }] = readmeExamples(markdown);
  expect(await runReadmeExample(code)).toEqual(['1 function', '[ 1, 2 ]', 'a', 'b', 'c']);
});

test('an example that throws fails, and so does a fence that is left open', async () => {
  await expect(runReadmeExample("throw new Error('broken');")).rejects.toThrow('broken');
  expect(() => readmeExamples(`${fence}ts\n1;`)).toThrow('the fence at line 1 is not closed');
});
