import { afterAll, beforeAll, describe } from 'vitest';
import { ContainerDriver } from '../../../src/sandbox/docker/driver.ts';
import { conformance } from '../conformance.ts';
import { type Engine, noEngine, startEngine } from '../machines/engine.ts';

const reason = noEngine();

describe.skipIf(reason !== undefined)(`docker with a real engine${reason ? ` (${reason})` : ''}`, () => {
  let engine: Engine;
  const kept = process.env.DOCKER_HOST;

  beforeAll(async () => {
    engine = await startEngine();
    process.env.DOCKER_HOST = engine.host;
  }, 60_000);
  afterAll(async () => {
    if (kept === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = kept;
    await engine?.end();
  }, 30_000);

  conformance(new ContainerDriver('docker'));
});
