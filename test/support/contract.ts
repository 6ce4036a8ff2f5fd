import { readFileSync } from 'node:fs';
import { shippedPath } from '@switchboard/config';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

interface Document {
  components: { messages: Record<string, { name: string; payload?: object }> };
}

/** Holds what sockets bring to the AsyncAPI document, which is made from libs/contracts. */
class Contract {
  // A test holds the document itself to its form.
  private readonly ajv = new Ajv({ strict: false, validateSchema: false });
  private readonly validators = new Map<string, ValidateFunction | undefined>();
  private readonly document: Document;

  constructor() {
    (formats as unknown as typeof formats.default)(this.ajv);
    this.document = JSON.parse(readFileSync(shippedPath('libs/contracts/asyncapi.json'), 'utf8')) as Document;
    this.ajv.addSchema({ $id: 'contract', components: this.document.components });
  }

  /** What is wrong with a message of the server, or with the ack of a client's one (`typing.start ack`), by its name. */
  problem(name: string, body: unknown): string | undefined {
    if (!this.validators.has(name)) this.validators.set(name, this.compile(name));
    const valid = this.validators.get(name);
    if (!valid) return `${name} is not in the AsyncAPI document`;
    if (valid(body)) return undefined;
    return `${name} is otherwise than the AsyncAPI document says: ${this.ajv.errorsText(valid.errors)}: ${JSON.stringify(body)}`;
  }

  /** By its place in the whole: what messages share is compiled once. */
  private compile(name: string): ValidateFunction | undefined {
    const { messages } = this.document.components;
    const key = Object.keys(messages).find((one) => messages[one]!.name === name);
    if (key === undefined || !messages[key]!.payload) return undefined;
    return this.ajv.getSchema(`contract#/components/messages/${key}/payload`);
  }
}

let contract: Contract | undefined;

export function contractProblem(name: string, body: unknown): string | undefined {
  contract ??= new Contract();
  return contract.problem(name, body);
}
