import { readFileSync } from 'node:fs';
import { roles, settings, shippedPath } from '@switchboard/config';
import { parseAllDocuments } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: manifests differ by kind
type Manifest = any;

const manifests: Manifest[] = parseAllDocuments(
  readFileSync(shippedPath('deploy/kubernetes/switchboard.yaml'), 'utf8'),
).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS() as Manifest;
});
const of = (kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);
const named = (name: string) => Object.values(settings).find((setting) => setting.name === name);

describe('the example for Kubernetes', () => {
  it('sets variables that there are, to values they may have, and secrets as secrets', () => {
    const [config] = of('ConfigMap');
    const [secret] = of('Secret');
    const unknown = Object.keys({ ...config.data, ...secret.stringData }).filter((name) => !named(name));
    expect(unknown).toEqual([]);
    for (const [name, value] of Object.entries<string>(config.data)) {
      expect(named(name)).not.toHaveProperty('secret', true);
      if (!value.startsWith('<')) expect(() => named(name)!.parse(value)).not.toThrow();
    }
    for (const name of Object.keys(secret.stringData))
      expect([name, named(name)]).toMatchObject([name, { secret: true }]);
  });

  it('runs every role, asks for its health where it is told, and leaves time to drain', () => {
    const [config] = of('ConfigMap');
    const shutdown = settings.shutdownTimeout.parse(config.data.SHUTDOWN_TIMEOUT);
    const run = of('Deployment').map(({ spec: { template } }: Manifest) => {
      const [server] = template.spec.containers;
      expect(template.spec.terminationGracePeriodSeconds * 1000).toBeGreaterThan(shutdown + 10_000);
      expect(server.readinessProbe.httpGet.path).toBe('/health/ready');
      expect(server.livenessProbe.httpGet.path).toBe('/health/live');
      expect(server.startupProbe.httpGet.path).toBe('/health/live');
      expect(server.ports[0].containerPort).toBe(settings.port.parse(config.data.PORT));
      return server.env.find(({ name }: Manifest) => name === 'ROLES').value;
    });
    expect(run.sort()).toEqual([...roles].sort());
  });

  it('sends sockets to the gateways, and lets nobody from outside see metrics', () => {
    const [{ spec }] = of('Ingress');
    const paths: Manifest[] = spec.rules[0].http.paths;
    const serviceOf = (path: string) => paths.find((one) => one.path === path)?.backend.service.name;
    expect(serviceOf('/socket.io')).toBe('switchboard-gateway');
    expect(serviceOf('/webhooks')).toBe('switchboard-api');
    expect(paths.filter(({ path }) => path === '/' || path.startsWith('/metrics'))).toEqual([]);
    for (const { spec: service, metadata } of of('Service')) {
      const pods = of('Deployment').filter(({ spec: { template } }: Manifest) =>
        Object.entries(service.selector).every(([label, value]) => template.metadata.labels[label] === value),
      );
      expect(pods.map((pod: Manifest) => pod.metadata.name)).toEqual([metadata.name]);
    }
  });
});
