import type { TriggerKind } from './definition';

/** Something that may start flows, in the words of triggers; made by the engine from an event of the log. */
export type Happening =
  | {
      on: 'message';
      text: string | null;
      /** Id or payload of the button or row that was chosen. */
      payload: string | null;
      /** The contact has written nothing here before. */
      first: boolean;
      /** Id of the advertisement or link it came from (`ref` or `source_id`), and `''` where it has none. */
      referral: string | null;
      /** Milliseconds. */
      at: number;
    }
  | { on: 'postback'; payload: string }
  | { on: 'comment'; postId: string; commentId: string; text: string | null }
  | { on: 'story_mention' }
  | { on: 'contact_created' }
  /** Tags that were put on now. */
  | { on: 'contact_tagged'; tags: string[] }
  | { on: 'conversation_opened' }
  | { on: 'conversation_assigned'; user: string }
  | { on: 'conversation_closed' }
  | { on: 'campaign_replied'; campaign: string }
  | { on: 'order_created' }
  | { on: 'schedule' }
  | { on: 'api' }
  | { on: 'flow' };

export type HappeningKind = Happening['on'] & TriggerKind;

/** `specific`: a condition of the trigger names it. `any`: a trigger `message` without conditions, the last to be asked. */
export type Match = 'specific' | 'any' | 'none';
