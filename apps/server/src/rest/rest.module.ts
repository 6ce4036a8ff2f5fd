import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Listing } from './listing';
import { ProblemFilter } from './problem.filter';

/** What every REST controller shares. */
@Global()
@Module({ providers: [Listing, { provide: APP_FILTER, useClass: ProblemFilter }], exports: [Listing] })
export class RestModule {}
