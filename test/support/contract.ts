import { readFileSync } from 'node:fs';
import { shippedPath } from '@switchboard/config';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

interface Document {
  components: { messages: Record<string, { name: string; payload?: object }>; schemas: object };
}

/** Holds what sockets bring to the AsyncAPI document, which is made from libs/contracts. */
class Contract {
  private readonly ajv = new Ajv({ strict: false });
  private readonly validators = new Map<string, ValidateFunction | undefined>();
  private readonly document: Document;

  constructor() {
    (formats as unknown as typeof formats.default)(this.ajv);
    this.document = JSON.parse(readFileSync(shippedPath('libs/contracts/asyncapi.json'), 'utf8')) as Document;
  }

  /** What is wrong with a message of the server, or with the ack of a client's one (`typing.start ack`), by its name. */
  problem(name: string, body: unknown): string | undefined {
    if (!this.validators.has(name)) this.validators.set(name, this.compile(name));
    const valid = this.validators.get(name);
    if (!valid) return `${name} is not in the AsyncAPI document`;
    if (valid(body)) return undefined;
    return `${name} is otherwise than the AsyncAPI document says: ${this.ajv.errorsText(valid.errors)}: ${JSON.stringify(body)}`;
  }

  private compile(name: string): ValidateFunction | undefined {
    const { messages, schemas } = this.document.components;
    const message = Object.values(messages).find((one) => one.name === name);
    return message?.payload && this.ajv.compile({ ...message.payload, components: { schemas } });
  }
}

let contract: Contract | undefined;

export function contractProblem(name: string, body: unknown): string | undefined {
  contract ??= new Contract();
  return contract.problem(name, body);
}
