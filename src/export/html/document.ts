/** The page of an export: its style sheet, and its script if it has one. */

import { htmlDocument } from '../../report/html-document.ts';
import { PACKET_SCRIPT, PACKET_SCRIPT_HASH } from './packet-script.ts';
import { STYLE } from './style.ts';

export interface PageParts {
  language: string;
  title: string;
  version: string;
  /** HTML. */
  body: string;
  /** A packet walks on it. */
  packets: boolean;
}

export const documentHtml = ({ body, packets, ...page }: PageParts): string =>
  htmlDocument({
    ...page,
    css: STYLE,
    body: `${body}${packets ? `<script>${PACKET_SCRIPT}</script>\n` : ''}`,
    // No script runs but the one with this hash.
    ...(packets && { scripts: `'${PACKET_SCRIPT_HASH}'` }),
  });
