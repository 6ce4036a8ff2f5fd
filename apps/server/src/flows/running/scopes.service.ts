import { Injectable } from '@nestjs/common';
import type { Scope } from '@switchboard/flows';
import type { ExecutionRow } from '../execution-row';
import { ScopesRepository } from './scopes.repository';

/** Meta's service window. */
const windowMs = 24 * 3_600_000;

/** What the expressions of steps see, made anew for each turn. */
@Injectable()
export class Scopes {
  constructor(private readonly repository: ScopesRepository) {}

  /** For executions at once; two statements whatever their number. */
  async of(executions: readonly ExecutionRow[], now: Date): Promise<Map<string, Scope>> {
    const ids = (key: 'contactId' | 'conversationId') => [...new Set(executions.flatMap((one) => one[key] ?? []))];
    const [people, places] = await Promise.all([
      this.repository.contacts(ids('contactId')),
      this.repository.conversations(ids('conversationId')),
    ]);
    return new Map(
      executions.map((one) => {
        const contact = one.contactId === null ? undefined : people.get(one.contactId);
        const { lastInboundAt = null, ...place } =
          (one.conversationId === null ? undefined : places.get(one.conversationId)) ?? {};
        const scope: Scope = {
          contact: contact ? { ...contact, first_name: firstOf(contact.name) } : null,
          conversation:
            'id' in place
              ? { ...place, window_open: lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() < windowMs }
              : null,
          message: one.message,
          trigger: one.trigger,
          answer: one.machine.answer,
          vars: one.machine.vars,
          now: now.toISOString(),
        };
        return [one.id, scope];
      }),
    );
  }
}

const firstOf = (name: string | null): string | null => name?.trim().split(/\s+/)[0] || null;
