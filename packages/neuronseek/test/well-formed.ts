/** An element of a parsed page. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text of the element and all within it, in order, entities resolved. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Parses a page as strictly as XML: tags nest and close, attributes are quoted and differ, a bare `<`, `&` or an unknown entity
 * is an error, and so is a character XML forbids. Returns the elements in the order of their ends; throws otherwise.
 */
export function parseMarkup(page: string): Element[] {
  if (/[^\P{Cc}\t\n\r]|\p{Surrogate}|[\ufffe\uffff]/u.test(page)) throw new SyntaxError('forbidden character');
  const source = page.replace(/^<!DOCTYPE html>\n/, '');
  const open: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const done: Element[] = [];
  const token = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  let position = 0;
  while (position < source.length) {
    token.lastIndex = position;
    const match = token.exec(source);
    if (match === null) throw new SyntaxError(`broken markup: ${source.slice(position, position + 80)}`);
    position = token.lastIndex;
    const [, slash, name = '', attributes = '', empty, text] = match;
    if (text !== undefined) {
      const raw = open.at(-1)?.name === 'style';
      for (const element of open) element.text += raw ? text : resolve(text);
    } else if (slash === '/') {
      const element = open.pop();
      if (element?.name !== name) throw new SyntaxError(`</${name}> closes <${element?.name}>`);
      done.push(element);
    } else {
      const map = new Map<string, string>();
      for (const [, key = '', value = ''] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        if (map.has(key)) throw new SyntaxError(`attribute ${key} twice`);
        map.set(key, resolve(value));
      }
      if (empty === '/') done.push({ name, attributes: map, text: '' });
      else open.push({ name, attributes: map, text: '' });
    }
  }
  if (open.length > 0) throw new SyntaxError(`<${open[0]?.name}> is never closed`);
  return done;
}

function resolve(text: string): string {
  return text.replace(/&([^;&\s]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (character === undefined) throw new SyntaxError(`bare & or unknown entity: ${whole}`);
    return character;
  });
}
