import { envelope, type Packing, type SimulatedItem, serialise } from '@switchboard/simulator';
import { meta } from './world';

/** Posts items as Meta would, one body a platform. */
export async function deliver(items: SimulatedItem | SimulatedItem[], packing?: Packing, api = 0): Promise<void> {
  for (const { body } of envelope([items].flat(), packing)) await deliverBody(body, api);
}

/** @throws unless it was acknowledged. */
export async function deliverBody(body: unknown, api = 0): Promise<void> {
  const status = await meta.sendRaw(serialise(body), api);
  if (status !== 200) throw new Error(`The webhook was answered ${status}`);
}

/** The body of items of one platform. */
export function bodyOf(
  items: SimulatedItem | SimulatedItem[],
  packing?: Packing,
): { object: string; entry: unknown[] } {
  const [only] = envelope([items].flat(), packing);
  return only!.body;
}
