import type { Ledger } from '@switchboard/simulator';
import { judgeItems, judgeLog, judgeMessages, judgeSequence, type LoggedEvent } from './oracle';
import type { Store } from './store';
import type { Workspace } from './workspace';

/** Everything that is not as the ledger says it must be; nothing once all has been taken in and told. */
export async function complaintsOf(
  workspaces: readonly Workspace[],
  ledger: Ledger,
  elements: ReadonlyMap<string, string>,
  store: Store,
): Promise<string[]> {
  const pending = await store.pending();
  const complaints = [
    ...(pending > 0 ? [`${pending} webhooks are not taken in`] : []),
    ...ledger.unacknowledged().map(({ id }) => `${id} was never acknowledged`),
  ];
  for (const workspace of workspaces) {
    const ours = new Set(workspace.accounts.map(({ id }) => id));
    const acknowledged = ledger.acknowledged().filter(({ accountId }) => ours.has(accountId));
    const expected = ledger.expectedMessages().filter(({ accountId }) => ours.has(accountId));
    const [head, log, items, messages] = await Promise.all([
      store.head(workspace.id),
      store.events(workspace.id),
      store.items(workspace.id),
      store.messages(workspace.id),
    ]);
    complaints.push(
      ...judgeItems(
        acknowledged.map(({ id }) => elements.get(id)!),
        items,
      ),
      ...judgeMessages(expected, messages),
      ...judgeLog(log, head, items, messages),
      ...complaintsOfClients(workspace, log),
    );
  }
  return complaints;
}

function complaintsOfClients({ dashboards }: Workspace, log: readonly LoggedEvent[]): string[] {
  return dashboards.flatMap(({ name, logs }) =>
    logs.flatMap((client) => {
      const expected = log.filter((event) => client.expects(event));
      return [...judgeSequence(client.told, expected), ...client.troubles].map(
        (complaint) => `${name}, ${client.namespace}: ${complaint}`,
      );
    }),
  );
}
