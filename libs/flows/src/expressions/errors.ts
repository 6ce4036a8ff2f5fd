/** Why an expression cannot be read or worked out, in words for whoever wrote it. */
export class ExpressionError extends Error {
  override readonly name: string = 'ExpressionError';
}

/** It does more than one expression may; nothing in the expression makes that good again, as `||` does with other errors. */
export class TooMuchWork extends ExpressionError {
  override readonly name = 'TooMuchWork';

  constructor() {
    super('it does too much: let it go through fewer or smaller lists and texts');
  }
}
