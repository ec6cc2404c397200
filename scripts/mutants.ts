import ts from 'typescript';

/** A change of a source text: characters from `start` to `end` become `text`. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const operators: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '&': '|',
  '|': '&',
  '>>': '<<',
  '<<': '>>',
  '??': '&&',
};

/**
 * Every mutant of a TypeScript source: another operator, a number one larger, the other boolean, Math.max for Math.min and the reverse, a
 * condition negated, a negation or a statement left out. Types, imports, and what is thrown stay: whether a message is right is
 * no question of arithmetic.
 */
export function mutantsOf(source: string): Mutant[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, text: string): void => {
    mutants.push({ start: node.getStart(file), end: node.getEnd(), text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isThrowStatement(node)) return;
    if (ts.isBinaryExpression(node)) {
      const other = operators[node.operatorToken.getText(file)];
      if (other !== undefined) add(node.operatorToken, other);
    }
    if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) add(node, String(Number(node.text) + 1));
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(file) === 'Math') {
      if (node.name.text === 'max') add(node.name, 'min');
      if (node.name.text === 'min') add(node.name, 'max');
      if (node.name.text === 'floor') add(node.name, 'ceil');
    }
    if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(file)})`);
    if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) add(node, node.operand.getText(file));
      if (node.operator === ts.SyntaxKind.MinusToken) add(node, `(${node.operand.getText(file)})`);
    }
    if (ts.isExpressionStatement(node) && ts.isBlock(node.parent)) add(node, ';');
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants;
}
