import { rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { TemplateChange } from './templates.repository';

/** What is told of a template that is new, was decided on, or is gone. */
export function changeEvent({ id: templateId, workspaceId, ...change }: TemplateChange): NewEvent {
  const { businessAccountId, name, language, category, status, previousStatus, reason } = change;
  return {
    type: 'template.status_changed',
    workspaceId,
    audience: [rooms.workspace(workspaceId)],
    data: { templateId, businessAccountId, name, language, category, status, previousStatus, reason },
  };
}
