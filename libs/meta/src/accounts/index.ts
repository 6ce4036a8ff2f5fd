export * from './account';
export {
  conversationFields,
  type PastMessage,
  type PastThread,
  pastMessageFields,
  readConversations,
  readPastMessages,
} from './conversation-page';
export { type MentionPlace, type MentionWords, mentionRead, readMention } from './mention';
export { type CustomerProfile, profileFields, readProfile } from './profile';
export { type ListedTemplate, readListedTemplate, templateFields } from './template-page';
export { readFreshToken, readTokenEnd } from './token-life';
