import { BadRequestException, Injectable, ServiceUnavailableException } from '@nestjs/common';
import {
  type AccountDetails,
  accountReads,
  GraphClient,
  GraphError,
  type GraphTarget,
  type Login,
  type Platform,
  readAccount,
  readPage,
} from '@switchboard/meta';

export interface ClaimedAccount {
  platform: Platform;
  externalId: string;
  businessAccountId: string | null;
  login: Login;
}

const timeoutMs = 10_000;
/** Meta's pages of numbers hold 100; nobody has more numbers in one business account. */
const mostPages = 20;

const remedies: Record<Platform, string> = {
  whatsapp: 'Take the token of a system user to whom the number’s business account is assigned.',
  messenger: 'Take the page’s own token (GET /me/accounts), not that of a person.',
  instagram: 'Take the token of the account itself, or with Facebook Login that of its page.',
};

/** Asks the Graph API whether a token is an account's own. */
@Injectable()
export class AccountProof {
  constructor(private readonly graph: GraphClient) {}

  /**
   * @returns what the Graph API tells of the account
   * @throws BadRequestException `token_refused`; ServiceUnavailableException `graph_unavailable`
   */
  async prove(account: ClaimedAccount, target: GraphTarget): Promise<AccountDetails> {
    try {
      const details = await this.details(account, target);
      if (account.businessAccountId !== null) await this.ownsBusinessAccount(account, target);
      return details;
    } catch (error) {
      if (error instanceof GraphError) throw refusal(error);
      throw error;
    }
  }

  private async details({ platform, login, externalId }: ClaimedAccount, target: GraphTarget): Promise<AccountDetails> {
    const { body } = await this.fullest(accountReads(platform, login, externalId), target);
    const { id, details } = readAccount(platform, login, body);
    if (id === externalId) return details;
    const answered = id === undefined ? 'the Graph API names no such account for it.' : 'it is of another account.';
    throw refused(`${answered} ${remedies[platform]}`);
  }

  /** Meta refuses a read that names a field it does not know; the next has fewer. */
  private async fullest(reads: ReturnType<typeof accountReads>, target: GraphTarget): Promise<{ body: unknown }> {
    for (const [index, { path, fields }] of reads.entries()) {
      try {
        return await this.graph.call(target, { method: 'GET', path, query: { fields }, timeoutMs });
      } catch (error) {
        const fewer = error instanceof GraphError && error.facts.code === 100 && error.facts.subcode === undefined;
        if (!fewer || index === reads.length - 1) throw error;
      }
    }
    throw new Error('There is nothing to read of this account.');
  }

  /** Templates and alerts of a business account name no number: whoever claims it must have the number in it. */
  private async ownsBusinessAccount(
    { businessAccountId, externalId }: ClaimedAccount,
    target: GraphTarget,
  ): Promise<void> {
    const path = `${encodeURIComponent(businessAccountId!)}/phone_numbers`;
    for (let page = 0, after: string | undefined; page < mostPages; page += 1) {
      const query = { fields: 'id', limit: 100, after };
      const { body } = await this.graph.call(target, { method: 'GET', path, query, timeoutMs });
      const { items, after: next } = readPage(body);
      if (items.some((item) => String((item as { id?: unknown } | null)?.id) === externalId)) return;
      if (next === undefined) break;
      after = next;
    }
    const why = `the business account ${businessAccountId} has no number ${externalId}; name the one that it is in.`;
    throw new BadRequestException({
      code: 'invalid',
      message: `businessAccountId: ${why}`,
      details: [{ field: 'businessAccountId', problems: [why] }],
    });
  }
}

function refusal(error: GraphError): Error {
  const { errorClass, message } = error;
  if (['throttled', 'pair_throttled', 'ambiguous', 'not_executed'].includes(errorClass)) {
    return new ServiceUnavailableException({
      code: 'graph_unavailable',
      message: `The Graph API could not be asked whose the token is (${message}); try again.`,
    });
  }
  return refused(message);
}

const refused = (why: string) =>
  new BadRequestException({
    code: 'token_refused',
    message: `token: it cannot be used for this account: ${why}`,
    details: [{ field: 'token', problems: [why] }],
  });
