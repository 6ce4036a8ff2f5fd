import { running } from './running';

export default async function stop(): Promise<void> {
  await Promise.all(running.splice(0).map((end) => end()));
}
