import type {
  ButtonsContent,
  CtaUrlContent,
  FlowContent,
  Header,
  ListContent,
  ListSection,
  LocationRequestContent,
  ProductContent,
  ProductListContent,
} from '../interactive-content';
import { exactlyOne, sections, unique } from '../rules';
import { choice, id, optional, text, unstated, url } from '../shape';
import { anyObject, list, object, variants } from '../structure';
import { media } from './media';

// Limits of business-messaging/whatsapp/messages/interactive-{reply-buttons,list,cta-url}-messages,
// location-request-messages, catalogs/{single,multi}-product-messages and flows/guides/sendingaflow. Where the commerce
// and Flow pages state none, those of the other interactive messages apply.

const body = text({ max: 1_024 });
const footer = optional(text({ max: 60 }));
const label = text({ max: 20 });
const headerText = object({ text: text({ max: 60 }) });

const header = optional(
  variants<Header>('type', {
    text: headerText,
    image: object({ media: media('whatsapp', 'image') }),
    video: object({ media: media('whatsapp', 'video') }),
    document: object({ media: media('whatsapp', 'document'), filename: optional(text({ max: unstated })) }),
  }),
);
const textHeader = variants<Header>('type', { text: headerText });

export const buttons = object<Omit<ButtonsContent, 'type'>>({
  text: body,
  header,
  footer,
  buttons: list(
    variants('type', { reply: object({ id: text({ max: 256 }), title: label }) }),
    { max: 3, of: 'buttons' },
    unique('id'),
    unique('title'),
  ),
});

const row = object<ListSection['rows'][number]>({
  id: text({ max: 200 }),
  title: text({ max: 24 }),
  description: optional(text({ max: 72 })),
});
const rows = list(row, { max: 10, of: 'rows' }, unique('id'));
const sectionTitle = optional(text({ max: 24 }));

/** Its text may be four times that of other interactive messages: interactive-list-messages, November 2025. */
export const listMessage = object<Omit<ListContent, 'type'>>({
  text: text({ max: 4_096 }),
  header: optional(textHeader),
  footer,
  button: label,
  sections: list(
    object<ListSection>({ title: sectionTitle, rows }),
    { max: 10, of: 'sections' },
    sections<ListSection>('rows', 10, (section) => section.rows),
  ),
});

export const ctaUrl = object<Omit<CtaUrlContent, 'type'>>({ text: body, header, footer, button: label, url });

/** Ours; Meta states none for the data of a flow's first screen. */
const mostFlowData = 64 * 1_024;

/** The label: "30 characters or fewer" is advised by the Flows page, 20 was the limit before. */
export const flow = object<Omit<FlowContent, 'type'>>(
  {
    text: body,
    header,
    footer,
    button: text({ max: 30 }),
    flowId: optional(id),
    flowName: optional(text({ max: unstated })),
    flowToken: optional(text({ max: unstated })),
    mode: optional(choice('draft', 'published')),
    action: optional(choice('navigate', 'data_exchange')),
    screen: optional(text({ max: unstated })),
    data: optional(anyObject(mostFlowData)),
  },
  exactlyOne<Omit<FlowContent, 'type'>>('flowId', 'flowName'),
  {
    says: '`screen` and `data` belong to the action `navigate`; `data` needs `screen`',
    check({ action, screen, data }, _field, problems) {
      if (action === 'data_exchange' && screen !== undefined)
        problems.add('screen', 'combination', 'screen belongs to the action navigate; leave it out of data_exchange.');
      if (data !== undefined && screen === undefined)
        problems.add('screen', 'combination', 'screen is needed where data is given: it names the screen to fill.');
    },
  },
);

const productRetailerId = text({ max: 256 });

export const product = object<Omit<ProductContent, 'type'>>({
  text: optional(body),
  footer,
  catalogId: id,
  productRetailerId,
});

type ProductSection = ProductListContent['sections'][number];

export const productSections = (title = sectionTitle) =>
  list<ProductSection>(
    object<ProductSection>({ title, productRetailerIds: list(productRetailerId, { max: 30, of: 'products' }) }),
    { max: 10, of: 'sections' },
    sections<ProductSection>('products', 30, (section) => section.productRetailerIds),
  );

export const productList = object<Omit<ProductListContent, 'type'>>({
  header: textHeader,
  text: body,
  footer,
  catalogId: id,
  sections: productSections(),
});

export const locationRequest = object<Omit<LocationRequestContent, 'type'>>({ text: body });
