import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { SandboxDriver } from '../../../src/sandbox/contract.ts';
import { SshDriver } from '../../../src/sandbox/ssh/driver.ts';
import { conformance } from '../conformance.ts';
import { noMachines, type Site, startSite } from '../machines/machines.ts';

const reason = noMachines();

describe.skipIf(reason !== undefined)(`ssh to real machines${reason ? ` (${reason})` : ''}`, () => {
  let site: Site;
  const kept = process.env.XDG_CONFIG_HOME;

  beforeAll(async () => {
    site = await startSite();
    mkdirSync(join(site.folder, 'wirebook'));
    const options = `[-F, ${site.config}]`;
    writeFileSync(
      join(site.folder, 'wirebook', 'machines.yaml'),
      `lab:
  host: { ssh: host, options: ${options} }
  node01: { ssh: node01, options: ${options} }
`,
    );
    process.env.XDG_CONFIG_HOME = site.folder;
  }, 300_000);
  afterAll(() => {
    if (kept === undefined) delete process.env.XDG_CONFIG_HOME;
    else process.env.XDG_CONFIG_HOME = kept;
    site?.[Symbol.dispose]();
  });

  conformance(new SshDriver('lab') as SandboxDriver);
});
