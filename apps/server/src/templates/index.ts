export { TemplateCheck } from './template-check.service';
export { TemplatesModule } from './templates.module';
