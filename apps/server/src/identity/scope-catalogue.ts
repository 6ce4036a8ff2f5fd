import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { namespaces, scopeAreaOf } from '@switchboard/contracts';
import { operatorKey, peopleOnlyKey, publicKey } from './http-auth.decorators';

/** The scopes an API key can be given: one for each area of REST that is open to keys, and for each namespace. */
@Injectable()
export class ScopeCatalogue implements OnApplicationBootstrap {
  all: readonly string[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const found = new Set(namespaces.map((namespace) => `${scopeAreaOf(namespace)}:read`));
    for (const { instance, metatype } of this.discovery.getControllers()) {
      if (!instance || !metatype) continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const scope = scopeOf(metatype, prototype[name]!);
        if (scope !== undefined) found.add(scope);
      }
    }
    // A socket that may read may also be let act, where its namespace takes messages.
    for (const namespace of namespaces) found.add(`${scopeAreaOf(namespace)}:write`);
    this.all = [...found].sort();
  }
}

function scopeOf(controller: object, handler: object): string | undefined {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return undefined;
  const closed = [publicKey, operatorKey, peopleOnlyKey].some(
    (key) => Reflect.hasMetadata(key, handler) || Reflect.hasMetadata(key, controller),
  );
  if (closed) return undefined;
  const path = [controller, handler].flatMap(
    (on) => (Reflect.getMetadata(PATH_METADATA, on) as string | undefined) ?? [],
  );
  const access = method === RequestMethod.GET || method === RequestMethod.HEAD ? 'read' : 'write';
  return `${scopeAreaOf(path.join('/'))}:${access}`;
}
