export { appsecretProof } from './appsecret-proof';
export { classifyGraphError, type GraphErrorClass, mayRetry } from './error-class';
export { type GraphAnswer, type GraphCall, GraphClient, type GraphTarget } from './graph-client';
export { GraphError, type GraphErrorFacts, readGraphError } from './graph-error';
export { type GraphPage, readPage } from './pages';
