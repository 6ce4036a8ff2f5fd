import type {
  ButtonsContent,
  CtaUrlContent,
  FlowContent,
  Header,
  ListContent,
  LocationRequestContent,
  ProductContent,
  ProductListContent,
} from './interactive-content';
import { compact, fileOf } from './wire';

type InteractiveContent =
  | ButtonsContent
  | ListContent
  | CtaUrlContent
  | FlowContent
  | ProductContent
  | ProductListContent
  | LocationRequestContent;

/** WhatsApp's `interactive` member. */
export function interactiveBody(content: InteractiveContent): Record<string, unknown> {
  const { type, action } = actionOf(content);
  const header = 'header' in content ? content.header : undefined;
  const footer = 'footer' in content ? content.footer : undefined;
  return compact({
    type,
    header: header === undefined ? undefined : headerBody(header),
    body: content.text === undefined ? undefined : { text: content.text },
    footer: footer === undefined ? undefined : { text: footer },
    action,
  });
}

function headerBody(header: Header): Record<string, unknown> {
  if (header.type === 'text') return { type: 'text', text: header.text };
  const filename = header.type === 'document' ? header.filename : undefined;
  return { type: header.type, [header.type]: compact({ ...fileOf(header.media), filename }) };
}

function actionOf(content: InteractiveContent): { type: string; action: Record<string, unknown> } {
  switch (content.type) {
    case 'buttons':
      return { type: 'button', action: { buttons: content.buttons.map(replyButton) } };
    case 'list':
      return { type: 'list', action: { button: content.button, sections: content.sections } };
    case 'cta_url': {
      const parameters = { display_text: content.button, url: content.url };
      return { type: 'cta_url', action: { name: 'cta_url', parameters } };
    }
    case 'flow':
      return { type: 'flow', action: { name: 'flow', parameters: flowParameters(content) } };
    case 'product': {
      const action = { catalog_id: content.catalogId, product_retailer_id: content.productRetailerId };
      return { type: 'product', action };
    }
    case 'product_list': {
      const action = { catalog_id: content.catalogId, sections: content.sections.map(productSection) };
      return { type: 'product_list', action };
    }
    case 'location_request':
      return { type: 'location_request_message', action: { name: 'send_location' } };
  }
}

function replyButton(button: ButtonsContent['buttons'][number]): unknown {
  if (button.type !== 'reply') throw new TypeError(`WhatsApp's buttons have no ${button.type}`);
  return { type: 'reply', reply: { id: button.id, title: button.title } };
}

/** `flow_message_version` "must be 3": flows/guides/sendingaflow. */
function flowParameters(content: FlowContent): Record<string, unknown> {
  const { screen, data } = content;
  return compact({
    flow_message_version: '3',
    flow_token: content.flowToken,
    flow_id: content.flowId,
    flow_name: content.flowName,
    flow_cta: content.button,
    mode: content.mode,
    flow_action: content.action ?? (screen === undefined ? undefined : 'navigate'),
    flow_action_payload: screen === undefined ? undefined : compact({ screen, data }),
  });
}

export function productSection({ title, productRetailerIds }: ProductListContent['sections'][number]): unknown {
  return compact({ title, product_items: productRetailerIds.map((id) => ({ product_retailer_id: id })) });
}
