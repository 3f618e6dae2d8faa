import ts from 'typescript';

/** A call `claim('id', …)` in a scenario; lines and columns count from 1. */
export interface ClaimCall {
  /** Undefined where the first argument is no plain string, so that no check can know the id. */
  readonly id: string | undefined;
  readonly line: number;
  readonly column: number;
}

/** The calls of `claim` among a scenario's top-level statements. Parsed, not run. */
export function claimCalls(text: string, file: string): ClaimCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement)) return [];
    const call = statement.expression;
    if (!ts.isCallExpression(call)) return [];
    if (!ts.isIdentifier(call.expression) || call.expression.text !== 'claim') return [];
    const [id] = call.arguments;
    const { line, character } = source.getLineAndCharacterOfPosition(call.getStart(source));
    return [
      {
        id: id && ts.isStringLiteralLike(id) ? id.text : undefined,
        line: line + 1,
        column: character + 1,
      },
    ];
  });
}
