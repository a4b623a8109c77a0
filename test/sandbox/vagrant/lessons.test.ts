/** Lessons of Part 1 on virtual machines: one on namespaces, one on routing, one on two machines with an engine. */
import { describe } from 'vitest';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { lessonsAlike } from '../lessons-alike.ts';

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  lessonsAlike(new VagrantDriver('keep'), ['02-cable', '04-way-out', '05-container']);
});
