import { Module } from '@nestjs/common';
import { ItemEffects } from './item-effects';

/** Imported by the intake, which calls, and by every feature that registers. */
@Module({ providers: [ItemEffects], exports: [ItemEffects] })
export class ItemEffectsModule {}
