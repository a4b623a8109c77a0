/** Sandboxes for those who have none: places on the host's own machine, with a door by ssh and one by a browser. */
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { keeping } from '../../lib/keeping.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import type { Words } from '../../page/words/en.ts';
import type { OnProgress } from '../../sandbox/contract.ts';
import { prepareRootfs } from '../../sandbox/rootfs/rootfs.ts';
import type { Inside, MoreNet } from '../host/net.ts';
import type { Tries } from '../host/tries.ts';
import { copyCourse } from './course.ts';
import { type Held, heldLimits, SEAT_LIMITS, type SeatLimits } from './limits.ts';
import { People } from './people.ts';
import { Places } from './places.ts';
import { openSsh, type SshDoor } from './ssh.ts';
import { webDoor } from './web.ts';

export interface OfferOptions {
  /** Of the user alone; kept for as long as the class. */
  folder: string;
  /** Places. */
  most: number;
  absenceMs: number;
  limits?: Partial<SeatLimits>;
  /** Where the course lies. */
  course: string;
  title: string;
  secret: string;
  code: string;
  tries: Tries;
  /** Of ssh. */
  sshPort: number;
  listen?: string;
  /** How the host is called. */
  address: string;
  words: Words;
  onProgress?: OnProgress;
  trouble(error: Error): void;
}

export interface Offer extends AsyncDisposable {
  /** For the class's own port. */
  more: MoreNet;
  /** Places. */
  most: number;
  limits: SeatLimits;
  held: Held;
  /** Opens the door of ssh, once the class's own port is known, and where places come to it. */
  open(port: number, inside: Inside): Promise<SshDoor>;
  taken(): number;
}

/** @throws SandboxError when no sandbox can be had here */
export async function makeOffer(options: OfferOptions): Promise<Offer> {
  if (!existsSync(join(PACKAGE_ROOT, 'dist', 'cli.js')))
    throw new InputError('not-built', 'Wirebook is not built here yet, and places have the build.', [
      'In its checkout: npm run build',
    ]);
  const limits = { ...SEAT_LIMITS, ...options.limits };
  const { folder, most, absenceMs, secret, code, tries, title, listen, address, trouble } = options;
  keeping({ what: 'The places', folder, variable: 'XDG_STATE_HOME' }, () => {
    makeFolder(folder, 0o700);
    chmodSync(folder, 0o700);
  });
  const rootfs = await prepareRootfs(options.onProgress);
  // A host that was killed could not.
  rmSync(join(folder, 'lines'), { recursive: true, force: true });
  const course = join(folder, 'course');
  const target = copyCourse(options.course, course);
  const held = heldLimits(limits);
  const people = new People(folder);
  const places: { now?: Places } = {};
  const words = options.words.offer;
  const common = { secret, code, people, most, tries, words, trouble };
  // The class's port is known only when it is listened to, and by then the page is there.
  const lazy = {
    hasRoomFor: (...args: Parameters<Places['hasRoomFor']>) => places.now?.hasRoomFor(...args) ?? false,
    sit: (...args: Parameters<Places['sit']>) => places.now?.sit(...args) ?? Promise.resolve(undefined),
  };
  const web = webDoor({ ...common, places: lazy });
  let ssh: SshDoor | undefined;
  return {
    more: web,
    most,
    limits,
    held,
    taken: () => places.now?.taken ?? 0,
    async open(port, inside) {
      const now = new Places({
        folder,
        most,
        absenceMs,
        limits,
        held,
        rootfs,
        course,
        target,
        ...inside,
        address: address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
        code,
        isRoot: process.getuid?.() === 0,
      });
      places.now = now;
      ssh = await openSsh({
        ...common,
        folder,
        title,
        port: options.sshPort,
        listen,
        address,
        lang: options.words.name,
        places: now,
      });
      return ssh;
    },
    async [Symbol.asyncDispose]() {
      await places.now?.close();
      web.close();
      await ssh?.close();
    },
  };
}
