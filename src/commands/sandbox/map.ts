/** `wirebook sandbox map`: the network of a sandbox that stays, as it is now. */

import { InputError } from '../../lib/errors.ts';
import { suggest } from '../../lib/suggest.ts';
import { MAP_FORMATS, writeMap } from '../../map/formats.ts';
import { lookAtNetwork } from '../../map/needs.ts';
import { networkOf } from '../../map/network.ts';
import { lineText, type MapLine, type Tone } from '../../map/text.ts';
import { mapWords } from '../../map/words.ts';
import type { ExitCode, Io } from '../io.ts';
import type { MapOptions } from '../options.ts';
import { enterSandbox } from './enter.ts';

/** SGR parameters. The terminal's own sixteen colours, so that its palette decides what they are. */
const COLOURS: Readonly<Record<Tone, string>> = {
  text: '',
  dim: '2',
  border: '2',
  title: '1',
  up: '32',
  half: '33',
  down: '2',
  cable: '36',
  filter: '35',
  added: '1;32',
  changed: '1;33',
  removed: '1;31',
  pass: '32',
  fail: '31',
};

const coloured = (line: MapLine): string =>
  line
    .map(({ text, tone }) => (COLOURS[tone] === '' ? text : `\x1b[${COLOURS[tone]}m${text}\x1b[0m`))
    .join('');

/** Where nobody says how wide: as wide as the terminal; a file gets what fits a page. */
const PAGE = 80;
const WIDEST = 120;

export async function sandboxMap(options: MapOptions, io: Io): Promise<ExitCode> {
  const format = MAP_FORMATS.find((one) => one === options.format);
  if (format === undefined) {
    const meant = suggest(options.format, MAP_FORMATS);
    throw new InputError('no-such-format', `There is no format ${options.format}.`, [
      ...(meant ? [`Did you mean ${meant}?`] : []),
      `The formats: ${MAP_FORMATS.join(', ')}.`,
    ]);
  }
  const { sandbox, leave } = await enterSandbox(options, io);
  try {
    const network = networkOf(await lookAtNetwork((needs) => sandbox.observe(needs), sandbox.hosts));
    const layout = {
      width: options.width ?? Math.min(WIDEST, io.stdout.columns ?? PAGE),
      routes: options.routes,
      words: mapWords(options.lang),
      glyphs: io.env.TERM === 'linux' ? ('console437' as const) : ('unicode' as const),
    };
    io.stdout.write(writeMap(format, network, layout, io.color ? coloured : lineText));
    return network.hosts.some((host) => host.failure !== undefined) ? 3 : 0;
  } finally {
    await leave();
  }
}
