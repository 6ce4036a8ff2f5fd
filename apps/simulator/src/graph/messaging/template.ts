import { Check, type Fields } from '../check';
import { GraphError } from '../errors';

const check = new Check({
  missing: (name) => GraphError.of(100, { message: `Param ${name} is required` }),
  wrong: (name, rule) => GraphError.of(100, { message: `Param ${name} ${rule}` }),
});

const templateTypes = ['generic', 'button', 'media', 'coupon', 'receipt', 'product'] as const;

/** Checks the payload of a template attachment and names its type. */
export function checkTemplatePayload(payload: Fields): string {
  const type = check.choice(payload.template_type, 'payload[template_type]', templateTypes);
  if (type === 'button') {
    check.text(payload.text, 'payload[text]', { max: 640 });
    checkButtons(payload.buttons, 1);
  } else if (type === 'generic') {
    for (const element of check.list(payload.elements, 'payload[elements]', { max: 10 })) checkCard(element);
  } else if (type === 'media') {
    for (const element of check.list(payload.elements, 'payload[elements]', { max: 1 })) checkMedium(element);
  }
  return type;
}

function checkCard(element: unknown): void {
  const { title, subtitle, image_url, buttons } = check.fields(element, 'payload[elements][]');
  check.text(title, 'elements[title]', { max: 80 });
  check.optionalText(subtitle, 'elements[subtitle]', { max: 80 });
  if (image_url !== undefined) check.url(image_url, 'elements[image_url]');
  if (buttons !== undefined) checkButtons(buttons, 0);
}

function checkMedium(element: unknown): void {
  const { media_type, attachment_id, url, buttons } = check.fields(element, 'payload[elements][]');
  check.choice(media_type, 'elements[media_type]', ['image', 'video']);
  if (attachment_id === undefined) check.url(url, 'elements[url]');
  if (buttons !== undefined) checkButtons(buttons, 0);
}

function checkButtons(given: unknown, min: number): void {
  for (const button of check.list(given, 'buttons', { min, max: 3 })) {
    const { type, title, payload, url } = check.fields(button, 'buttons[]');
    if (type === 'account_link' || type === 'account_unlink' || type === 'game_play') continue;
    check.text(title, 'buttons[title]', { max: 20 });
    if (check.choice(type, 'buttons[type]', ['web_url', 'postback', 'phone_number']) === 'web_url')
      check.url(url, 'buttons[url]');
    else check.text(payload, 'buttons[payload]', { max: 1_000 });
  }
}
