import { Environment } from '@marcbachmann/cel-js';
import type { Expression } from '../definition';
import { Kept } from '../kept';
import { compileTree, type Run } from './compile';
import { ExpressionError } from './errors';
import { type Allowance, plain } from './values';

export const longestExpression = 2_000;
/** What all expressions of one step may do: a node that is worked out, a member gone through or 64 characters each count one. */
const mostWork = 100_000;
export const fullAllowance = (): Allowance => ({ left: mostWork });
const kept = new Kept<Compiled>(2_000);

const language = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 500, maxDepth: 32, maxListElements: 200, maxMapEntries: 100, maxCallArguments: 8 },
});

/** An expression that can be read, or why not. `paths`: what it speaks of, as `['contact', 'attributes', 'plan']`. */
export type Compiled = { run: Run; paths: readonly string[][] } | { problem: string };

/** Never throws. Kept for the next time. */
export function compiled(expression: Expression): Compiled {
  if (expression.length > longestExpression) {
    return { problem: `it has ${expression.length} characters, and may have ${longestExpression}` };
  }
  return kept.of(expression, compileNew);
}

/** How many are kept now; at most 2,000. */
export const keptExpressions = (): number => kept.size;

function compileNew(expression: Expression): Compiled {
  if (expression.trim() === '') return { problem: 'it is empty' };
  try {
    return compileTree(language.parse(expression).ast);
  } catch (error) {
    const { message, summary } = error as Error & { summary?: string };
    return { problem: (summary ?? message).split('\n')[0]!.replace(/\.$/, '') };
  }
}

/** What it comes to, as plain JSON; the work is taken from the allowance. Throws `ExpressionError` where it comes to nothing. */
export function evaluate(expression: Expression, scope: object, allowance = fullAllowance()): unknown {
  const made = compiled(expression);
  if ('problem' in made) throw new ExpressionError(made.problem);
  const evaluation = { scope: scope as Record<string, unknown>, bound: [], left: allowance.left };
  try {
    return plain(made.run(evaluation), evaluation);
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    // Of the engine itself: a list nested so deeply that the stack has no room for it, a text too long to be one.
    throw new ExpressionError((error as Error).message);
  } finally {
    allowance.left = evaluation.left;
  }
}
