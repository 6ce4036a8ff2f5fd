export { GATEWAY_CENSUS, type GatewayCensus } from './gateway-census';
export { SocketDirectory } from './socket-directory';
export { SocketsModule } from './sockets.module';
export { type Sockets, useSockets } from './use-sockets';
