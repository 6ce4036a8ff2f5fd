import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '@switchboard/config';
import type { OpenDatabase } from '@switchboard/database';
import type { QueueStore } from '@switchboard/queue';
import type { OpenAPI3 } from 'openapi-typescript';
import { AppModule } from '../../apps/server/src/app.module';
import { describeApi } from '../../apps/server/src/rest';

interface Operation {
  responses: Record<string, unknown>;
}

/** The description of the REST interface from the code alone: nothing is started, no store is needed. */
async function openApiDocument(): Promise<OpenAPI3> {
  const config = { roles: [], corsOrigins: [] } as unknown as AppConfig;
  const root = AppModule.for(config, {} as OpenDatabase, {} as QueueStore);
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return describeApi(app, {}) as unknown as OpenAPI3;
}

/**
 * `libs/client/src/openapi.ts`: the interface as TypeScript. What an operation does not have is not said, nor its errors: they have
 * one form, and the client throws them.
 */
export async function openApiTypes(): Promise<string> {
  const { default: typesOf, astToString } = await import('openapi-typescript');
  const document = await openApiDocument();
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path) as Operation[]) {
      const successes = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
      operation.responses = Object.fromEntries(successes);
    }
  }
  const types = astToString(await typesOf(document, { alphabetize: true, defaultNonNullable: false }))
    .replaceAll(/^ +headers: \{\n +\[name: string\]: unknown;\n +\};\n/gm, '')
    .replaceAll(/^ +\w+\??: never;\n/gm, '')
    .replaceAll(/^ +parameters: \{\n +\};\n/gm, '');
  return `// Made by npm run docs; a test holds it to the code.\n\n${types}`;
}
