export { FlowsModule } from './flows.module';
