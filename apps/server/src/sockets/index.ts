export { SocketsModule } from './sockets.module';
export { type Sockets, useSockets } from './use-sockets';
