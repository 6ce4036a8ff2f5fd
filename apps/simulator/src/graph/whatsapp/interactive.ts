import { Check, type Fields } from '../check';
import { GraphError } from '../errors';

const check = new Check({
  missing: (name) => GraphError.of(131008, { details: `Parameter '${name}' is mandatory` }),
  wrong: (name, rule) => GraphError.of(131009, { details: `${name} ${rule}` }),
});

const kinds = [
  ...(['button', 'list', 'cta_url', 'flow', 'product', 'product_list', 'catalog_message'] as const),
  ...(['location_request_message', 'address_message'] as const),
];

/** Checks an interactive message and names its kind. */
export function checkInteractive({ type, header, body, footer, action: given }: Fields): string {
  const kind = check.choice(type, 'interactive[type]', kinds);
  const action = check.fields(given, 'interactive[action]');
  if (body !== undefined || kind !== 'product') {
    check.text(check.fields(body, 'interactive[body]').text, 'Body text', { max: kind === 'list' ? 4_096 : 1_024 });
  }
  if (footer !== undefined) check.text(check.fields(footer, 'footer').text, 'Footer text', { max: 60 });
  checkHeader(kind, header);
  actions[kind](action);
  return `interactive/${kind}`;
}

function checkHeader(kind: string, given: unknown): void {
  if (given === undefined && kind !== 'product_list') return;
  const header = check.fields(given, 'interactive[header]');
  const textOnly = kind === 'list' || kind === 'product_list';
  const forms = textOnly ? (['text'] as const) : (['text', 'image', 'video', 'document'] as const);
  const form = check.choice(header.type, 'Header type', forms);
  if (form === 'text') check.text(header.text, 'Header text', { max: 60 });
  else check.fields(header[form], `Header ${form}`);
}

const named = (name: string) => (action: Fields) => {
  check.choice(action.name, 'Action name', [name]);
};

const parametersOf = (name: string) => (action: Fields) => {
  named(name)(action);
  return check.fields(action.parameters, 'Action parameters');
};

const actions: Record<(typeof kinds)[number], (action: Fields) => void> = {
  button({ buttons }) {
    const ids = check.list(buttons, 'Buttons count', { max: 3 }).map((button) => {
      const { id, title } = check.fields(check.fields(button, 'button').reply, 'button[reply]');
      check.text(title, 'Button title length', { max: 20 });
      return check.text(id, 'Button id length', { max: 256 });
    });
    check.distinct(ids, 'Buttons');
  },
  list({ button, sections }) {
    check.text(button, 'Button label length', { max: 20 });
    const all = check.list(sections, 'Section count', { max: 10 }).map((section) => check.fields(section, 'section'));
    const rows = all.flatMap(({ title, rows }) => {
      check.optionalText(title, 'Section title length', { max: 24, min: all.length > 1 ? 1 : 0 });
      if (all.length > 1 && title === undefined) check.text(title, 'Section title', { max: 24 });
      return check.list(rows, 'Row count', { max: 10 });
    });
    check.list(rows, 'Total row count', { max: 10 });
    const ids = rows.map((row) => {
      const { id, title, description } = check.fields(row, 'row');
      check.text(title, 'Row title length', { max: 24 });
      check.optionalText(description, 'Row description length', { max: 72, min: 0 });
      return check.text(id, 'Row id length', { max: 200 });
    });
    check.distinct(ids, 'Rows');
  },
  cta_url(action) {
    const { display_text, url } = parametersOf('cta_url')(action);
    check.text(display_text, 'Display text length', { max: 20 });
    check.url(url, 'Url');
  },
  flow(action) {
    const { flow_id, flow_name, flow_cta, flow_message_version } = parametersOf('flow')(action);
    check.text(flow_id ?? flow_name, 'flow_id', { max: 200 });
    check.text(flow_cta, 'flow_cta', { max: 30 });
    check.choice(flow_message_version, 'flow_message_version', ['3']);
  },
  product({ catalog_id, product_retailer_id }) {
    check.text(catalog_id, 'catalog_id', { max: 100 });
    check.text(product_retailer_id, 'product_retailer_id', { max: 100 });
  },
  product_list({ catalog_id, sections }) {
    check.text(catalog_id, 'catalog_id', { max: 100 });
    const products = check.list(sections, 'Section count', { max: 10 }).flatMap((section) => {
      const { title, product_items } = check.fields(section, 'section');
      check.text(title, 'Section title length', { max: 24 });
      return check.list(product_items, 'Product count', { max: 30 });
    });
    for (const product of check.list(products, 'Total product count', { max: 30 })) {
      check.text(check.fields(product, 'product_items[]').product_retailer_id, 'product_retailer_id', { max: 100 });
    }
  },
  catalog_message: named('catalog_message'),
  location_request_message: named('send_location'),
  address_message(action) {
    check.text(parametersOf('address_message')(action).country, 'country', { min: 2, max: 2 });
  },
};
