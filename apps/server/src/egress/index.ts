export { guardedAgent, PrivateAddress, refusePrivateHost } from './guarded-agent';
export { isPrivateAddress } from './private-address';
