import type { ASTNode } from '@marcbachmann/cel-js';
import { patternProblem } from '../words/patterns';
import { ExpressionError, TooMuchWork } from './errors';
import { type Callable, functions, methods } from './functions';
import { operators } from './operators';
import { type Allowance, isObject, kindOf, memberOf, spend, truth } from './values';

/** One evaluation: what it may speak of, what its macros go through now (`bound`, the innermost last), and what it may still do. */
export interface Evaluation extends Allowance {
  scope: Record<string, unknown>;
  bound: unknown[];
}

export type Run = (evaluation: Evaluation) => unknown;

/** What the compiler knows on its way: names that macros have bound, and the paths from the scope that it has come across. */
interface Reading {
  bound: string[];
  paths: string[][];
}

/**
 * What the tree of an expression comes to, as functions of one evaluation. The library reads the language; the values are worked out
 * here, because flows need JSON's numbers, null for what is not there, regular expressions in linear time and a bound on the work.
 */
export function compileTree(tree: ASTNode): { run: Run; paths: string[][] } {
  const reading: Reading = { bound: [], paths: [] };
  return { run: compile(tree, reading), paths: reading.paths };
}

function compile(node: ASTNode, reading: Reading): Run {
  const run = compileNode(node, reading);
  return (evaluation) => {
    spend(evaluation, 1);
    return run(evaluation);
  };
}

function compileNode(node: ASTNode, reading: Reading): Run {
  switch (node.op) {
    case 'value':
      return constant(node.args);
    case 'id':
      return compileName(node.args, reading);
    case '.':
    case '[]':
      return compileMember(node, reading);
    case 'call':
      return compileCall(node.args[0], node.args[1], reading);
    case 'rcall':
      return compileMethod(node.args[0], node.args[1], node.args[2], reading);
    case 'list': {
      const members = node.args.map((one) => compile(one, reading));
      return (evaluation) => members.map((member) => member(evaluation));
    }
    case 'map':
      return compileObject(node.args, reading);
    case '?:': {
      const [test, yes, no] = node.args.map((one) => compile(one, reading)) as [Run, Run, Run];
      return (evaluation) => (truth(test(evaluation)) ? yes(evaluation) : no(evaluation));
    }
    case '||':
      return either(true, node.args, reading);
    case '&&':
      return either(false, node.args, reading);
    case '!_': {
      const value = compile(node.args, reading);
      return (evaluation) => !truth(value(evaluation));
    }
    case '-_': {
      const value = compile(node.args, reading);
      return (evaluation) => negative(value(evaluation));
    }
    default:
      return compileOperator(node.op, node.args as [ASTNode, ASTNode], reading);
  }
}

function constant(value: unknown): Run {
  if (value === null || ['string', 'boolean', 'number', 'bigint'].includes(typeof value)) {
    const literal = typeof value === 'bigint' ? Number(value) : value;
    return () => literal;
  }
  throw new ExpressionError('bytes and unsigned numbers are not there; write texts and plain numbers');
}

function compileName(name: string, { bound, paths }: Reading): Run {
  const index = bound.lastIndexOf(name);
  if (index !== -1) return (evaluation) => evaluation.bound[index];
  paths.push([name]);
  return ({ scope }) => (Object.hasOwn(scope, name) ? (scope[name] ?? null) : null);
}

function compileMember(node: ASTNode, reading: Reading): Run {
  const path = pathOf(node, reading);
  const [of, key] = node.args as [ASTNode, ASTNode | string];
  const value = compile(of, reading);
  // The longest path tells all; that of what it is a member of was put down on the way.
  if (path !== null) reading.paths[reading.paths.length - 1] = path;
  if (typeof key === 'string') return (evaluation) => memberOf(value(evaluation), key);
  const member = compile(key, reading);
  return (evaluation) => memberOf(value(evaluation), member(evaluation));
}

/** `contact.attributes['plan']` as its names; null where it begins or goes on otherwise. */
function pathOf(node: ASTNode, reading: Reading): string[] | null {
  if (node.op === 'id') return reading.bound.includes(node.args) ? null : [node.args];
  if (node.op !== '.' && node.op !== '[]') return null;
  const [of, key] = node.args as [ASTNode, ASTNode | string];
  const name = typeof key === 'string' ? key : key.op === 'value' && typeof key.args === 'string' ? key.args : null;
  const path = name === null ? null : pathOf(of, reading);
  return path === null ? null : [...path, name!];
}

function compileCall(name: string, args: ASTNode[], reading: Reading): Run {
  if (name === 'has' && args.length === 1) {
    const value = compile(args[0]!, reading);
    return (evaluation) => (value(evaluation) ?? null) !== null;
  }
  return called(name, functions.get(name), args, [], reading);
}

function compileMethod(name: string, on: ASTNode, args: ASTNode[], reading: Reading): Run {
  if (name === 'matches' && args.length === 1) checkPattern(args[0]!);
  const macro = macros.get(`${name}/${args.length}`);
  if (macro === undefined) return called(name, methods.get(name), args, [compile(on, reading)], reading);
  const list = compile(on, reading);
  const [variable, ...bodies] = args as [ASTNode, ...ASTNode[]];
  if (variable.op !== 'id') throw new ExpressionError(`${name}() begins with a name for each member`);
  reading.bound.push(variable.args);
  const depth = reading.bound.length - 1;
  const [first, second] = bodies.map((body) => compile(body, reading)) as [Run, Run?];
  reading.bound.pop();
  return (evaluation) => {
    const members = membersOf(list(evaluation), name);
    const withEach = (run: Run) => (member: unknown) => {
      evaluation.bound[depth] = member;
      return run(evaluation);
    };
    return macro(members, withEach(first), second && withEach(second));
  };
}

/** Patterns stand in the flow, so that they are looked at when it is saved, and made once. */
function checkPattern({ op, args }: ASTNode): void {
  if (op !== 'value' || typeof args !== 'string')
    throw new ExpressionError('matches() takes a pattern that is written out');
  const problem = patternProblem(args);
  if (problem !== null) throw new ExpressionError(`its pattern is none: ${problem}`);
}

type Body = (member: unknown) => unknown;

const macros = new Map<string, (members: unknown[], first: Body, second?: Body) => unknown>([
  ['all/2', (members, test) => members.every((one) => truth(test(one)))],
  ['exists/2', (members, test) => members.some((one) => truth(test(one)))],
  ['exists_one/2', (members, test) => members.filter((one) => truth(test(one))).length === 1],
  ['filter/2', (members, test) => members.filter((one) => truth(test(one)))],
  ['map/2', (members, make) => members.map((one) => make(one))],
  ['map/3', (members, test, make) => members.filter((one) => truth(test(one))).map((one) => make!(one))],
]);

/** Of an object its names. Null is an empty list. */
function membersOf(value: unknown, name: string): unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (isObject(value)) return Object.keys(value);
  throw new ExpressionError(`${name}() goes through lists, and not through ${kindOf(value)}`);
}

function called(name: string, callable: Callable | undefined, args: ASTNode[], before: Run[], reading: Reading): Run {
  if (callable === undefined) throw new ExpressionError(`there is no ${name}()`);
  const { least, most, call } = callable;
  if (args.length < least || args.length > most) {
    throw new ExpressionError(
      `${name}() takes ${least === most ? least : `${least} to ${most}`} values and not ${args.length}`,
    );
  }
  const runs = [...before, ...args.map((one) => compile(one, reading))];
  return (evaluation) =>
    call(
      runs.map((run) => run(evaluation)),
      evaluation,
    );
}

function compileObject(entries: [ASTNode, ASTNode][], reading: Reading): Run {
  const runs = entries.map(([key, value]) => [compile(key, reading), compile(value, reading)] as const);
  return (evaluation) => Object.fromEntries(runs.map(([key, value]) => [nameOf(key(evaluation)), value(evaluation)]));
}

function nameOf(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new ExpressionError(`a name in an object is a text, and not ${kindOf(key)}`);
}

/** `||` and `&&`: what one side decides holds, even where the other cannot be worked out. */
function either(decides: boolean, sides: [ASTNode, ASTNode], reading: Reading): Run {
  const [left, right] = sides.map((one) => compile(one, reading)) as [Run, Run];
  return (evaluation) => {
    let failure: unknown;
    try {
      if (truth(left(evaluation)) === decides) return decides;
    } catch (error) {
      if (error instanceof TooMuchWork || !(error instanceof ExpressionError)) throw error;
      failure = error;
    }
    if (truth(right(evaluation)) === decides) return decides;
    if (failure !== undefined) throw failure;
    return !decides;
  };
}

function negative(value: unknown): number {
  if (typeof value === 'number') return -value;
  throw new ExpressionError(`${kindOf(value)} has no negative`);
}

function compileOperator(op: string, sides: [ASTNode, ASTNode], reading: Reading): Run {
  const work = operators.get(op);
  if (work === undefined) throw new ExpressionError(`"${op}" is not there`);
  const [left, right] = sides.map((one) => compile(one, reading)) as [Run, Run];
  return (evaluation) => work(left(evaluation), right(evaluation), evaluation);
}
