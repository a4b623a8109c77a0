/** A lesson of Part 1 on virtual machines. All of them pass there; in emulation each takes minutes. */
import { describe } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { lessonsAlike } from '../lessons-alike.ts';

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  lessonsAlike(new VagrantDriver('keep'), ['02-cable']);
});
