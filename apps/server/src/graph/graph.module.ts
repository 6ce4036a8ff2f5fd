import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { GraphClient } from '@switchboard/meta';

/** One client of the Graph API for the whole process: it keeps the connections. */
@Global()
@Module({ providers: [{ provide: GraphClient, useFactory: () => new GraphClient() }], exports: [GraphClient] })
export class GraphModule implements OnApplicationShutdown {
  constructor(@Inject(GraphClient) private readonly client: GraphClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
