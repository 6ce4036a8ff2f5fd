import { running } from './running';

export default async function stop(): Promise<void> {
  for (const end of running.splice(0).reverse()) await end();
}
