import { Client } from 'pg';
import type { SeededUser } from '../stores/seed';
import {
  channelPlatforms,
  conversationSql,
  kindNumber,
  labels,
  messagesEach,
  names,
  type Share,
  Shop,
  type Size,
  step,
  usersEach,
  words,
} from './shop';

const workspaces = 2;
const sentences = 5000;

/**
 * Fills a database that the server has set up with two workspaces. The indexes of messages are made at the end: a million rows by one
 * statement each would take an hour. Returns an owner of the first, and what is in it.
 */
export async function seedShops(databaseUrl: string, size: Size): Promise<{ shop: Shop; owner: SeededUser }> {
  // A whole second in the past.
  const now = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
  const shops = Array.from({ length: workspaces }, (_, workspace) => new Shop(size, workspace, now));
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off; set work_mem = '256MB'; set maintenance_work_mem = '512MB'`);
    await client.query(setUp);
    for (const shop of shops) await people(client, shop);
    await messages(client, shops[0]!);
    for (const shop of shops) await longConversation(client, shop);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  const [shop] = shops as [Shop];
  const owner = { id: shop.id('user', 0), workspaceId: shop.id('workspace', 0), email: 'user0@shop0.example' };
  return { shop, owner };
}

const setUp = `
  create function pg_temp.id_of(kind bigint, number bigint, at bigint) returns uuid immutable language sql as $$
    select (lpad(to_hex(at), 12, '0') || '70008' || lpad(to_hex(kind), 3, '0') || lpad(to_hex(number), 12, '0'))::uuid $$;
  create function pg_temp.at(ms bigint) returns timestamptz immutable language sql as $$
    select timestamptz 'epoch' + ms * interval '1 millisecond' $$;
  select setseed(0.5);
  create temp table vocabulary as
    select n as number, translate(to_hex(n * 7919 + 50000), '0123456789', 'ghijklmnop') as word from generate_series(0, 3999) as n;
  create temp table sentences as
    select s as number, string_agg(word, ' ') as text
      from (select s, floor(4000 * random() ^ 3)::int as pick
              from generate_series(0, ${sentences - 1}) as s, lateral generate_series(1, 8 + s % 5)) p
      join vocabulary v on v.number = p.pick group by s;
  create unique index on sentences (number);`;

async function people(client: Client, shop: Shop): Promise<void> {
  const { size, workspace } = shop;
  const id = (kind: Parameters<Shop['id']>[0], number = 0) => `'${shop.id(kind, number)}'`;
  const many = (count: number, values: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => `(${values(n)})`).join(', ');
  const ws = id('workspace');
  const at = `(${shop.createdAt(0)} + n::bigint * ${shop.contactInterval})`;
  const from = `from generate_series(0, ${size.contacts - 1}) as n cross join (select ${size.contacts} as "of") o`;
  const idSql = (kind: Parameters<Shop['id']>[0]) => `pg_temp.id_of(${kindNumber(workspace, kind)}, n, ${at})`;
  const oneOf = (kind: Parameters<Shop['id']>[0], count: number, position: string) =>
    `(array[${Array.from({ length: count }, (_, n) => id(kind, n))}]::uuid[])[${position} + 1]`;
  const channel = oneOf('channel', channelPlatforms.length, conversationSql.channel);
  const platform = `(array[${channelPlatforms.map((name) => `'${name}'`)}])[${conversationSql.channel} + 1]`;
  const phone = `(155500000000 + ${workspace} * 100000000::bigint + n)::text`;
  const labelled = Object.values(labels).map(({ sql }, n) => `case when ${sql} then ${id('label', n)}::uuid end`);
  // The conversation's last message: number (9 × contacts + m) with m × step ≡ n.
  const last = `(${(messagesEach - 1) * size.contacts} + (n::bigint * ${inverse(step, size.contacts)}) % ${size.contacts})`;
  const lastAt = `(${shop.sentAt(0)} + ${last} * ${shop.messageInterval})`;
  await client.query(`
    insert into workspaces (id, name) values (${ws}, 'Shop ${workspace}');
    insert into workspace_heads (workspace_id) values (${ws});
    insert into users (id, email) values ${many(usersEach, (n) => `${id('user', n)}, 'user${n}@shop${workspace}.example'`)};
    insert into memberships (user_id, workspace_id, role) values ${many(usersEach, (n) => `${id('user', n)}, ${ws}, 'owner'`)};
    insert into channels (id, workspace_id, platform, external_id, meta_app_id, name)
      select c.id::uuid, ${ws}, c.platform, c.external, (select id from meta_apps), 'Counter'
        from (values ${many(channelPlatforms.length, (n) => `${id('channel', n)}, '${channelPlatforms[n]}', '${workspace}0${n}'`)})
          as c(id, platform, external);
    insert into labels (id, workspace_id, name, color) values ${many(labelled.length, (n) => `${id('label', n)}, ${ws}, 'label ${n}', '#336699'`)};
    insert into contact_tags (id, workspace_id, name) values (${id('tag')}, ${ws}, 'vip');
    insert into contact_attributes (id, workspace_id, key, label, type) values (${id('tag', 1)}, ${ws}, 'plan', 'Plan', 'text');

    insert into contacts (id, workspace_id, name, username, phone, email, attributes, created_at, updated_at)
      select ${idSql('contact')}, ${ws},
             initcap(${textWith(names)} || ' ' || a.word || ' ' || b.word), 'u' || n, ${phone},
             case when n % 3 = 0 then 'mail' || n || '@' || b.word || '.example' end,
             json_build_object('plan', case when n % 10 = 3 then 'gold' else 'plain' end)::jsonb, pg_temp.at(${at}), pg_temp.at(${at})
        ${from} join vocabulary a on a.number = n % 701 join vocabulary b on b.number = n % 3203;
    insert into contact_identities (scope_id, kind, value, contact_id)
      select case when ${platform} = 'whatsapp' then ${ws}::uuid else ${channel} end,
             case ${platform} when 'whatsapp' then 'wa_id' when 'messenger' then 'psid' else 'igsid' end, ${phone}, ${idSql('contact')} ${from};
    insert into contact_taggings (tag_id, contact_id, workspace_id) select ${id('tag')}, ${idSql('contact')}, ${ws} ${from} where n % 20 = 1;
    insert into contact_consents (contact_id, channel_id, workspace_id, state, source, at)
      select ${idSql('contact')}, '00000000-0000-0000-0000-000000000000', ${ws}, case when n % 10 = 0 then 'opted_out' else 'opted_in' end,
             'seed', pg_temp.at(${at}) ${from} where n % 2 = 0;

    insert into conversations (id, workspace_id, channel_id, contact_id, platform, status, assignee_id, label_ids, inbound_count, read_count,
        snoozed_until, last_message_id, last_message_type, last_message_preview, last_message_direction, last_message_at, last_inbound_at, created_at)
      select ${idSql('conversation')}, ${ws}, ${channel}, ${idSql('contact')}, ${platform}, ${conversationSql.status},
             ${oneOf('user', usersEach, conversationSql.assignee)}, array_remove(array[${labelled}], null), ${messagesEach / 2},
             case when ${conversationSql.unread} then ${messagesEach / 2 - 2} else ${messagesEach / 2} end,
             case when ${conversationSql.status} = 'snoozed' then now() + interval '1 year' end,
             pg_temp.id_of(${kindNumber(workspace, 'message')}, ${last}, ${lastAt}), 'text', s.text, 'outbound', pg_temp.at(${lastAt}),
             pg_temp.at(${lastAt} - 1000), pg_temp.at(${at})
        ${from} join sentences s on s.number = n % ${sentences};
    insert into channel_counters (channel_id, workspace_id, inbound_count)
      select channel_id, workspace_id, sum(inbound_count) from conversations where workspace_id = ${ws} group by 1, 2`);
}

/** Of both workspaces at once, so that they lie side by side as they would have come. */
async function messages(client: Client, shop: Shop): Promise<void> {
  const { size } = shop;
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
       from pg_index where indrelid = 'messages'::regclass and not indisprimary`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  const at = `(${shop.sentAt(0)} + n::bigint * ${shop.messageInterval})`;
  const pass = `(n / ${size.contacts})`;
  // A conversation's id ends in its number, its workspace's likewise in which of the two it is.
  await client.query(`
    create temp table talks as
      select ('x' || right(id::text, 12))::bit(48)::bigint as number, id, workspace_id, channel_id, contact_id,
             (('x' || substr(workspace_id::text, 21, 3))::bit(12)::int / 16)::bigint as workspace
        from conversations;
    analyze talks; analyze sentences`);
  await client.query(`
    insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, platform_message_id, direction, author, type, content,
        status, status_rank, inbound_seq, sent_at, created_at)
      select pg_temp.id_of(${kindNumber(0, 'message')} + 16 * c.workspace, n, ${at}), c.workspace_id, c.channel_id, c.id, c.contact_id,
             'mid.' || c.workspace || '.' || n, case when ${pass} % 2 = 0 then 'inbound' else 'outbound' end,
             case when ${pass} % 2 = 0 then '{"kind":"contact"}' else '{"kind":"business"}' end::json, 'text',
             json_build_object('text', ${textWith(words)} || ' ' || s.text), case when ${pass} % 2 = 0 then 'received' else 'read' end,
             case when ${pass} % 2 = 0 then 0 else 40 end, case when ${pass} % 2 = 0 then ${pass} / 2 + 1 end, pg_temp.at(${at}), pg_temp.at(${at})
        from generate_series(0, ${size.messages - 1}) as n
        join talks c on c.number = (n::bigint * ${step}) % ${size.contacts}
        join sentences s on s.number = (n::bigint * 104729) % ${sentences}
        cross join (select ${size.contacts} as "of") o`);
  for (const { definition } of indexes) await client.query(definition);
}

/** All from the customer, none read, all before the year of the others. */
async function longConversation(client: Client, shop: Shop): Promise<void> {
  const { size, workspace } = shop;
  const [id, contact, ws, channel] = [
    longConversationId(shop),
    longContactId(shop),
    shop.id('workspace', 0),
    shop.id('channel', 2),
  ];
  const start = shop.timeOf('longMessage', 0);
  const at = `(${start} + n::bigint)`;
  await client.query(`
    insert into contacts (id, workspace_id, name) values ('${contact}', '${ws}', 'Guest Long');
    insert into conversations (id, workspace_id, channel_id, contact_id, platform, inbound_count, last_message_at)
      values ('${id}', '${ws}', '${channel}', '${contact}', 'messenger', ${size.longConversation}, pg_temp.at(${start + size.longConversation}));
    insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, platform_message_id, direction, author, type, content,
        status, status_rank, inbound_seq, sent_at, created_at)
      select pg_temp.id_of(${kindNumber(workspace, 'longMessage')}, n, ${at}), '${ws}', '${channel}', '${id}', '${contact}',
             'long.${workspace}.' || n, 'inbound', '{"kind":"contact"}'::json, 'text', json_build_object('text', s.text), 'received', 0, n + 1,
             pg_temp.at(${at}), pg_temp.at(${at})
        from generate_series(0, ${size.longConversation - 1}) as n join sentences s on s.number = n % ${sentences};
    update channel_counters set inbound_count = inbound_count + ${size.longConversation} where channel_id = '${channel}'`);
}

/** The first of contacts and of conversations, older than all numbered ones. */
export const longConversationId = (shop: Shop): string => shop.id('longMessage', size(shop) + 1);
export const longContactId = (shop: Shop): string => shop.id('longMessage', size(shop) + 2);
const size = ({ size: { longConversation } }: Shop): number => longConversation;

const textWith = (shares: Record<string, Share>): string =>
  `concat_ws(' ', ${Object.entries(shares).map(([word, { sql }]) => `case when ${sql} then '${word}' end`)})`;

function inverse(of: number, modulus: number): number {
  let [r0, r1, s0, s1] = [of % modulus, modulus, 1, 0];
  while (r1 !== 0) {
    const quotient = Math.floor(r0 / r1);
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return ((s0 % modulus) + modulus) % modulus;
}
