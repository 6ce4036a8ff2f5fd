import { Injectable } from '@nestjs/common';

/**
 * What time it is, for rules about time: schedules, quiet hours, windows, expiries. Statements take it as a parameter instead of asking
 * `now()`, so that a test can say what time it is.
 */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
