/** The frame of a page that is one file and needs nothing else: what it may do, its style sheet, what a reader is given first. */
import { htmlAttribute, oneLine, xmlText } from './safe.ts';

export interface HtmlDocument {
  /** BCP 47; English without it. */
  language?: string;
  title: string;
  /** Wirebook's own. */
  version: string;
  /** What may be run all the same, as the policy names it. */
  scripts?: string;
  css: string;
  /** HTML. */
  body: string;
}

const attribute = (value: string): string => htmlAttribute(oneLine(value));

/** Whatever came through all the same could load and run nothing. */
const policy = (scripts: string | undefined): string =>
  `default-src 'none';${scripts === undefined ? '' : ` script-src ${scripts};`} style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;

export function htmlDocument({ language = 'en', title, version, scripts, css, body }: HtmlDocument): string {
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy(scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${attribute(`Wirebook ${version}`)}">
<title>${xmlText(oneLine(title))}</title>
<style>
${css}
</style>
</head>
<body>
${body}</body>
</html>
`;
}
