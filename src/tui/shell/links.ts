/** Where a cell of a terminal leads (OSC 8): the emulator has it, but tells only who looks inside. */
import type { IBufferCell, Terminal } from '@xterm/headless';

export type LinkOf = (cell: IBufferCell) => string | undefined;

/** Of a program that may be anybody's, only what a browser would open; nothing that runs or reads on this machine. */
const OPENS = /^https?:\/\/[\x21-\x7e]{1,2000}$/;

interface Inside {
  _core?: { _oscLinkService?: { getLinkData?(id: number): { uri?: unknown } | undefined } };
}

export function linksOf(terminal: Terminal): LinkOf {
  const { _oscLinkService: links } = (terminal as unknown as Inside)._core ?? {};
  return (cell) => {
    const id = (cell as unknown as { extended?: { urlId?: number } }).extended?.urlId;
    if (!id) return undefined;
    const uri = links?.getLinkData?.(id)?.uri;
    return typeof uri === 'string' && OPENS.test(uri) ? uri : undefined;
  };
}
