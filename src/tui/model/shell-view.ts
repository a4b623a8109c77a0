/** The pane with the shells: what the reader has chosen of it. Which shells there are, the controller knows. */

/** A place to open a shell in: a host, or one of its network namespaces. */
export interface Place {
  host: string;
  /** '' is the host's own. */
  netns: string;
}

export interface ShellView {
  /** Keys go to the shell. */
  focus: boolean;
  /** The shells go on, but the pane is not drawn. */
  hidden: boolean;
  /** Which tab is shown, counted from 0. */
  tab: number;
  /** Percent of the screen, of its columns or its rows. */
  share: number;
  /** Over all of the lesson. */
  full: boolean;
  /** The next key is for the pane, not for the shell. */
  leader: boolean;
  /** Keys go through what was printed before. */
  scrolling: boolean;
  /** In the middle of a pasted text, where no key is a command. */
  pasting: boolean;
}

export const SHARE = { usual: 50, least: 20, most: 80, step: 10 };

export const openedShell: ShellView = {
  focus: true,
  hidden: false,
  tab: 0,
  share: SHARE.usual,
  full: false,
  leader: false,
  scrolling: false,
  pasting: false,
};

/** One shell as the screen needs it. */
export interface ShellTab extends Place {
  id: number;
  state: 'opening' | 'live' | 'ended';
  /** Why it is not live any more, for a person. */
  because?: string;
}

export const placeName = ({ host, netns }: Place): string => (netns === '' ? host : `${netns}@${host}`);
