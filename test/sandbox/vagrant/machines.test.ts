/**
 * The vagrant driver on real virtual machines. They need minutes and root, so these tests run in a bed made for them:
 * `test/vagrant/run.sh`, which is a stage of .ci/run. Elsewhere they are skipped.
 */
import { describe } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { conformance } from '../conformance.ts';

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  conformance(new VagrantDriver('keep'));
});
