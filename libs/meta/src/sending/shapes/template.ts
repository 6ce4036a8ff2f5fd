import { choice, id, number, optional, text, unstated } from '../shape';
import { anyObject, list, object, variants } from '../structure';
import type { TemplateComponent, TemplateContent, TemplateParameter } from '../template-content';
import { templateButtonTypes } from '../template-content';
import { productSections } from './interactive';
import { media } from './media';
import { locationFields } from './messaging';

// business-messaging/whatsapp/templates/*. What depends on the template itself is checked against its definition
// (templateProblems).

/** templates/template-management, "template name validation". */
export const templateName = text({
  max: 512,
  pattern: { regex: /^[a-z0-9_]+$/, says: 'lower-case letters, digits and underscores' },
});

/** templates/supported-languages. */
export const templateLanguage = text({
  max: 12,
  pattern: { regex: /^[a-z]{2,3}(_[A-Z]{2,4})?$/, says: 'a language code of Meta such as en_US or fr' },
});

/** A template with nothing but a body may fill a variable with this many characters: Cloud API message reference. */
export const longestVariable = 32_768;

const name = optional(text({ max: unstated }));
const fallback = text({ max: unstated });

const parameter = variants<TemplateParameter>('type', {
  text: object({ text: text({ max: longestVariable }), name }),
  currency: object({
    fallback,
    code: text({ max: 3, pattern: { regex: /^[A-Z]{3}$/, says: 'an ISO 4217 code' } }),
    amount1000: number({ integer: true }),
    name,
  }),
  date_time: object({ fallback, name }),
  image: object({ media: media('whatsapp', 'image') }),
  video: object({ media: media('whatsapp', 'video') }),
  document: object({ media: media('whatsapp', 'document'), filename: optional(text({ max: unstated })) }),
  location: object({
    latitude: number({ min: -90, max: 90 }),
    longitude: number({ min: -180, max: 180 }),
    ...locationFields,
  }),
  product: object({ catalogId: id, productRetailerId: id }),
  payload: object({ payload: text({ max: unstated }) }),
  coupon_code: object({ couponCode: text({ max: 20 }) }),
  action: object({
    flowToken: optional(text({ max: unstated })),
    flowActionData: optional(anyObject(64 * 1_024)),
    thumbnailProductRetailerId: optional(id),
    sections: optional(productSections(text({ max: 24 }))),
  }),
});

/** Ours; Meta states none for the variables of a body, whose text is 1,024 characters at most. */
const mostParameters = 100;
const header = object({ parameters: list(parameter, { max: 1, of: 'parameters' }) });
const body = object({ parameters: list(parameter, { max: mostParameters, of: 'parameters' }) });
const button = object({
  subType: choice(...templateButtonTypes),
  index: number({ min: 0, max: 9, integer: true }),
  parameters: optional(list(parameter, { max: 1, of: 'parameters' })),
});
const card = object({
  components: list(variants<TemplateComponent>('type', { header, body, button }), { max: 4, of: 'components' }),
});

export const template = object<Omit<TemplateContent, 'type'>>({
  name: templateName,
  language: templateLanguage,
  components: optional(
    list(
      variants<TemplateComponent>('type', {
        header,
        body,
        button,
        carousel: object({ cards: list(card, { max: 10, of: 'cards' }) }),
        limited_time_offer: object({
          expiresAt: number({ min: 0, integer: true }),
        }),
      }),
      { min: 0, max: 14, of: 'components' },
    ),
  ),
});
