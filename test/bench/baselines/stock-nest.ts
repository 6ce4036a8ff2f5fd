import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { serveBaseline } from './listen';

const handlers = 10;

/** A gateway as Nest's documentation has it, with as many handlers as one of ours. */
function gatewayOf(namespace: string) {
  class Gateway {}
  for (let number = 0; number < handlers; number += 1) {
    const name = `handle${number}`;
    const value = () => ({ ok: true });
    Object.defineProperty(Gateway.prototype, name, { value });
    const descriptor = Object.getOwnPropertyDescriptor(Gateway.prototype, name)!;
    SubscribeMessage(`message.${number}`)(Gateway.prototype, name, descriptor);
  }
  Object.defineProperty(Gateway, 'name', { value: `Gateway${namespace}` });
  WebSocketGateway({ namespace })(Gateway);
  return Gateway;
}

class App {}
Module({ providers: ['/messages', '/webhooks', '/contacts', '/channels'].map(gatewayOf) })(App);

// Row 5: Nest with its own adapter, which binds every handler to every socket. No token is looked at.
serveBaseline(async () => {
  const app = await NestFactory.create(App, new FastifyAdapter(), { logger: ['error'] });
  app.useWebSocketAdapter(new IoAdapter(app));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app.getHttpServer();
});
