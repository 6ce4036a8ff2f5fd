import { schemaFile } from '@switchboard/flows';

/** `libs/flows/flow.schema.json`. */
export const flowSchemaFile = (): string => schemaFile();
