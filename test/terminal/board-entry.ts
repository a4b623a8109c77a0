/** The board on a made-up class, for tests in a real terminal. Bundled by the tests, run by plain node. */
import { createLink } from '../../src/board/link.ts';
import { chooseWords } from '../../src/page/words/choose.ts';
import { openBoard } from '../../src/tui/board/start.tsx';
import { COURSE, NOW } from '../board/people.ts';
import { fillClass } from '../class/web/class.ts';
import { KEY, scriptedClass } from '../class/web/scripted-class.ts';

const { env, stdin, stdout, stderr } = process;
const now = () => NOW;
const shared = {
  'l3/02-cable/address': {
    text: 'ip addr add 10.0.0.11 dev veth-client',
    output: '\x1b[31mError\x1b[0m: any valid prefix\x1b]0;owned\x07\x1b[2J is expected\n',
  },
};
const notes = { '02-cable': [[], ['Ask what a namespace is.\n\n- wait for three answers'], [], [], []] };
const scripted = scriptedClass({ course: COURSE, shared, notes, now });
if (!env.FAKE_EMPTY) fillClass(scripted);
if (env.FAKE_EVIL) scripted.join('evil', 'A\x1b[2J\x1b]0;owned\x07\u202Eevil');

const link = createLink({
  key: env.FAKE_KEY ?? KEY,
  board: 'terminal',
  protocol: 1,
  now,
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  connect: scripted.connect,
});
await openBoard({
  stdin,
  stdout,
  stderr,
  env,
  color: !env.NO_COLOR,
  words: await chooseWords(env.FAKE_LANG, {}),
  link,
  now,
  ...(env.FAKE_HOST ? { host: { invitation: ['wirebook class join 10.1.2.3 K7QM4-T9XWB-3HPDT'] } } : {}),
});
link.close();
scripted.stop();
stdout.write(`said ${scripted.said.map((event) => JSON.stringify(event)).join('\n')}\nleft\n`);
process.exit(0);
