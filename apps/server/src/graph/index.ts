export { GraphModule } from './graph.module';
