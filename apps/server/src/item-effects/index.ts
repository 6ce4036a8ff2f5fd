export * from './channel-item';
export { type EffectHandler, ItemEffects } from './item-effects';
export { ItemEffectsModule } from './item-effects.module';
