export { SocketsModule } from './sockets.module';
export { useSockets } from './use-sockets';
