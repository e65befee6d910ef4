import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { EmailPayload } from '../email.type.js';
import { EmailPreview, EmailTestSendInput } from './mail-template.type.js';
import type { MailTemplates } from './mail-templates.js';
import type { Resending } from '../resending.js';

@Resolver(() => EmailPreview)
export class EmailTemplateResolver {
  constructor(
    private readonly templates: MailTemplates,
    private readonly resending: Pick<Resending, 'findEmail'>,
  ) {}

  @Auth(Role.ADMIN, 'SYSTEM')
  @ListSize(60)
  @Query(() => [String], {
    description:
      'The mails that the shop sends and of which there is a preview, by name: `order-confirmation`.',
  })
  emailTemplates(): string[] {
    return this.templates.names();
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @Query(() => EmailPreview, {
    nullable: true,
    description:
      'A mail with made-up data, also in a language that buyers are not offered yet; null for one that does not exist.',
  })
  async emailPreview(
    @Arg('template', () => String, { description: 'Which mail, one of `emailTemplates`.' }) template: string,
    @Arg('language', () => LanguageCode, { description: 'In which language.' }) language: Language,
  ): Promise<EmailPreview | null> {
    const mail = await this.templates.preview(template, language);
    const version = mail && this.templates.versionOf(template, language);
    return mail && { template, ...mail, version: version ?? '', size: Buffer.byteLength(mail.html) };
  }

  @Auth(Role.ADMIN, 'SYSTEM')
  @UserErrors('NOT_FOUND')
  @Mutation(() => EmailPayload, {
    description:
      'Sends a mail with made-up data to the address of who asks, marked in its subject as a test; also in a language that buyers are not offered yet. RATE_LIMITED beyond MAILS_PER_DAY_PER_ADDRESS tests in a day. NOT_FOUND for a mail that does not exist.',
  })
  emailTestSend(
    @Arg('input', () => EmailTestSendInput, { description: 'The mail.' }) input: EmailTestSendInput,
    @Ctx() context: RequestContext,
  ): Promise<EmailPayload> {
    return asPayload(input, async () => {
      const { template, language, idempotencyKey: key } = input;
      const id = await this.templates.sendTest({ template, language, key, actorId: actorOf(context) });
      return { email: id ? await this.resending.findEmail(id) : null };
    });
  }
}
