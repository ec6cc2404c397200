/** A piece of text with the place where it begins. */
export interface Token {
  readonly kind: 'number' | 'name' | 'quoted' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

/** A text under reading. */
export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Names of the inputs; without names given, those that were met so far. */
  readonly features: string[];
  /** Whether new names become features. */
  readonly open: boolean;
  /** Index of the next token. */
  next: number;
  /** How many expressions stand around this place. */
  depth: number;
  inTotal: boolean;
  /** Name of the vector symbol where the text chooses it. */
  bound?: string;
}

/**
 * Cuts a text into tokens by a sticky expression with the groups space, newline, number, name, quoted and symbol; symbol must take any
 * character, so that what does not belong is refused where it stands. A newline is a symbol outside of brackets and space in them.
 */
export function openSource(text: string, lexicon: RegExp, features: readonly string[] | undefined): Source {
  const tokens: Token[] = [];
  let brackets = 0;
  let at = 0;
  while (at < text.length) {
    lexicon.lastIndex = at;
    const match = lexicon.exec(text);
    const piece = match?.[0] ?? text[at];
    const groups = match?.groups ?? {};
    if (groups.number !== undefined) tokens.push({ kind: 'number', text: piece, at });
    else if (groups.name !== undefined) tokens.push({ kind: 'name', text: piece, at });
    else if (groups.quoted !== undefined) tokens.push({ kind: 'quoted', text: piece, at });
    else if (groups.newline !== undefined) {
      if (brackets === 0) tokens.push({ kind: 'symbol', text: '\n', at });
    } else if (groups.space === undefined) {
      if (piece === '(') brackets++;
      if (piece === ')') brackets--;
      tokens.push({ kind: 'symbol', text: piece, at });
    }
    at += piece.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return { text, tokens, features: [...(features ?? [])], open: !features, next: 0, depth: 0, inTotal: false };
}

/** The tokens of a fixed piece of code, for `accept`. */
export function tokenTexts(code: string, lexicon: RegExp): readonly string[] {
  const { tokens } = openSource(code, lexicon, []);
  return tokens.slice(0, -1).map(({ text }) => text);
}

/** The next token, which stays the next. */
export function peek(source: Source, ahead: number = 0): Token {
  return source.tokens[Math.min(source.next + ahead, source.tokens.length - 1)];
}

/** The next token, which is then behind. */
export function take(source: Source): Token {
  const token = peek(source);
  if (token.kind !== 'end') source.next++;
  return token;
}

/** Takes the next tokens if they are these, all of them or none. */
export function accept(source: Source, ...texts: readonly string[]): boolean {
  const same = texts.every((text, i) => {
    const token = peek(source, i);
    return token.text === text && token.kind !== 'quoted' && token.kind !== 'end';
  });
  if (same) source.next += texts.length;
  return same;
}

/** Takes the next tokens, which must be these. */
export function expect(source: Source, ...texts: readonly string[]): void {
  for (const text of texts) if (!accept(source, text)) fail(source, `expected "${text}"`);
}

/** Throws with the place: parse: expected ")" at 14, before "+ 3": got "+". */
export function fail(source: Source, what: string, token: Token = peek(source), got?: string): never {
  const rest = source.text
    .slice(token.at, token.at + 40)
    .replace(/\s+/gu, ' ')
    .trim();
  const place = token.kind === 'end' ? 'the end' : `before "${Array.from(rest).slice(0, 20).join('')}"`;
  const found = token.kind === 'end' ? 'nothing' : `"${token.text.slice(0, 20).replace(/\s+/gu, ' ')}"`;
  throw new RangeError(`parse: ${what} at ${token.at}, ${place}: got ${got ?? found}`);
}
