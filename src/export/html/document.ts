/** The frame of a page that needs nothing else: what it may do, its style sheet, its script if it has one. */
import { attribute, text } from './escape.ts';
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

/** Whatever came through all the same could load and run nothing: no script runs but the one with this hash. */
function policy(packets: boolean): string {
  const script = packets ? ` script-src '${PACKET_SCRIPT_HASH}';` : '';
  return `default-src 'none';${script} style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
}

export function documentHtml({ language, title, version, body, packets }: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy(packets))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${attribute(`Wirebook ${version}`)}">
<title>${text(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
${body}${packets ? `<script>${PACKET_SCRIPT}</script>\n` : ''}</body>
</html>
`;
}
