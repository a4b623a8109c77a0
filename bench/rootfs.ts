/** The embedded sandbox's root file system, so that peers by hand stand on the same one. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { wirebookPaths } from '../src/lib/paths.ts';
import { getDriver } from '../src/sandbox/registry.ts';

export async function rootfs(): Promise<string> {
  const driver = await getDriver('embedded');
  await driver.prepare();
  const folder = join(wirebookPaths().cache, 'rootfs');
  const newest = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'usr/bin/bash')))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!newest) throw new Error(`no root file system in ${folder}`);
  return newest;
}
