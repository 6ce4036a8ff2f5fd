import { BadRequestException, Injectable, UnprocessableEntityException } from '@nestjs/common';
import { needsPhone, type TemplateContent, templateProblems } from '@switchboard/meta';
import { TemplatesRepository } from './templates.repository';

/** Refuses before it leaves what Meta would refuse of a template. */
@Injectable()
export class TemplateCheck {
  constructor(private readonly repository: TemplatesRepository) {}

  /**
   * @returns the template's definition, for its text; `undefined` while the channel's templates have never been read
   * @throws BadRequestException `invalid`; UnprocessableEntityException `template_unknown`, `needs_phone`
   */
  async check(channelId: string, content: TemplateContent, hasPhone: boolean): Promise<object | undefined> {
    const { name, language } = content;
    const found = await this.repository.ofChannel(channelId, name, language);
    if (!found?.syncedAt && !found?.definition) return undefined;
    if (!found.definition) {
      const remedy = `create it (POST /v1/templates), or read the templates again if it is at Meta (POST /v1/channels/${channelId}/templates/sync)`;
      throw new UnprocessableEntityException({
        code: 'template_unknown',
        message: `name: the business account has no template ${name} in ${language} (read ${found.syncedAt!.toISOString()}); ${remedy}.`,
      });
    }
    const { status, category } = found;
    const definition = { ...found.definition, status, category };
    const problems = templateProblems(definition, content);
    if (problems.length > 0) {
      throw new BadRequestException({
        code: 'invalid',
        message: problems.map(({ message }) => message).join(' '),
        details: problems.map(({ field, rule, message }) => ({ field: `content.${field}`, rule, problems: [message] })),
      });
    }
    if (!hasPhone && needsPhone(definition)) {
      throw new UnprocessableEntityException({
        code: 'needs_phone',
        message: phoneOnly,
      });
    }
    return definition;
  }

  /** The first thing that keeps one of many from being sent, by a definition that `check` gave. */
  problem(
    definition: object,
    content: TemplateContent,
    hasPhone: boolean,
  ): { code: 'invalid' | 'needs_phone'; message: string } | undefined {
    const [problem] = templateProblems(definition, content);
    if (problem) return { code: 'invalid', message: problem.message };
    return !hasPhone && needsPhone(definition) ? { code: 'needs_phone', message: phoneOnly } : undefined;
  }
}

const phoneOnly = 'Authentication templates go to phone numbers only, and the contact’s is not known here.';
