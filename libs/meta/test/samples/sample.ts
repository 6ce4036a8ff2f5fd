import type { ItemEffect } from '../../src/items';

/** The part of an effect that a sample must yield; what it leaves out is not compared. */
export type Told = { kind: ItemEffect['kind'] } & Record<string, unknown>;

/**
 * A webhook of Meta's in our own reduced form, named after the recorded one whose structure it has, and what it must be taken for:
 * the field and the effect of each item, in order.
 */
export type Sample = [label: string, body: unknown, ...items: [field: string, effect: Told][]];
