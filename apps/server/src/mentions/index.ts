export { MentionsModule } from './mentions.module';
