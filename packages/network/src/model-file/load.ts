import { rulesOf } from '../layers/table.js';
import { object, show } from './json-value.js';
import { readLayer } from './read-layer.js';
import { readTree } from './read-tree.js';
import { type Model, modelFormat } from './save.js';

/**
 * Reads what `save` wrote: the same layer and, bit for bit, the same variables. Nothing is allocated on the word of a file that does not hold
 * the numbers it promises. Throws a SyntaxError for text that is not JSON and a TypeError naming the place, as in
 * `load: layer.layers[1].inputs …`, for JSON that is not a model, another version, or variables that do not fit the layer.
 */
export function load(text: string): Model {
  const file = object(parse(text), 'the file');
  if (file.format !== modelFormat.format || file.version !== modelFormat.version) {
    throw new TypeError(
      `load: expected a ${modelFormat.format} file of version ${modelFormat.version}, got ${show(file.format)} ${show(file.version)}`,
    );
  }
  const layer = readLayer(file.layer, 'layer');
  const template = rulesOf(layer).template(layer);
  const params = readTree(file.params, template.params, 'params');
  const state = readTree(file.state, template.state, 'state');
  return { layer, variables: { params, state } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxError(`load: the text of ${text.length} characters is not JSON: ${reason}`, { cause });
  }
}
