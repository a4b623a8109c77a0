/** The page's own style sheet: light and dark by the reader's choice, and paper. Nothing is loaded from elsewhere. */

/** The sixteen colours of a terminal, dark enough for a white page and light enough for a dark one. */
const LIGHT = '#24292f #b3261e #116329 #7a4e00 #0550ae #8250df #1b6f80 #57606a';
const LIGHT_BRIGHT = '#57606a #a40e26 #1a7f37 #633c01 #0969da #6639ba #0e5a6b #24292f';
const DARK = '#8b949e #ff7b72 #56d364 #e3b341 #79c0ff #d2a8ff #56d4dd #c9d1d9';
const DARK_BRIGHT = '#a5aeb8 #ffa198 #7ee787 #f2cc60 #a5d6ff #e2c5ff #b3f0ff #f0f6fc';

const variables = (...sets: string[]): string =>
  sets
    .flatMap((set) => set.split(' '))
    .map((color, index) => `--c${index}:${color};`)
    .join('');

const ansi = Array.from(
  { length: 16 },
  (_, index) =>
    `.fg${index}{color:var(--c${index})}.bg${index}{background:var(--c${index});color:var(--paper)}`,
).join('\n');

export const STYLE = `
:root{color-scheme:light dark;--paper:#ffffff;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--box:#f6f8fa;--pass:#116329;--fail:#b3261e;--broken:#7a4e00;--link:#0550ae;
${variables(LIGHT, LIGHT_BRIGHT)}}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9aa4af;--line:#3d444d;--box:#161b22;--pass:#56d364;--fail:#ff7b72;--broken:#e3b341;--link:#79c0ff;
${variables(DARK, DARK_BRIGHT)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}
h1,h2,h3,h4{line-height:1.25}
h2{border-bottom:1px solid var(--line);padding-bottom:.2em;margin-top:2em}
h3{font-size:1rem;margin:0 0 .3rem}
h4{font-size:.9rem;margin:.8rem 0 .2rem}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
.summary,.meta,footer,.image,.link{color:var(--soft)}
.meta{margin:0;font-size:.875rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.4rem 0}
dt{color:var(--soft)}
dd{margin:0}
pre,code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.875rem}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;margin:.3rem 0;overflow-x:auto;line-height:1.45}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid var(--line);padding:.2rem .6rem;text-align:left;vertical-align:top}
blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid var(--line);color:var(--soft)}
.note{color:inherit;border-left-color:var(--link)}
.note.warning,.note.caution{border-left-color:var(--fail)}
.note>.title{font-weight:600;margin:0}
.footnote{color:var(--soft);font-size:.875rem}
.footnote>p{display:inline}
.cell,.quiz{border:1px solid var(--line);border-left-width:.3rem;border-radius:6px;padding:.7rem .9rem;margin:1.2rem 0}
.cell.passed{border-left-color:var(--pass)}
.cell.failed{border-left-color:var(--fail)}
.cell.broken{border-left-color:var(--broken)}
.checks{list-style:none;padding:0;margin:.2rem 0}
.checks>li{margin:.3rem 0}
.pass>.state,.passed>h3>.state{color:var(--pass)}
.fail>.state,.failed>h3>.state{color:var(--fail)}
.broken>.state,.broken>h3>.state{color:var(--broken)}
.state{font-weight:600}
.evidence{margin:.2rem 0 .2rem 1.2rem}
.packet{border-top:1px solid var(--line);margin-top:.8rem}
.packet:focus-visible{outline-offset:6px}
.packet .title{font-size:.875rem;margin:.8rem 0 .2rem}
.stage.walked{position:sticky;top:0;background:var(--paper);padding:.2rem 0;z-index:1}
.again{margin:.4rem 0;font-size:.875rem}
.places{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem;padding:0;margin:.5rem 0}
.places>li{border:1px solid var(--line);border-radius:6px;padding:.2rem .5rem;background:var(--box)}
.place{font-weight:600;margin-right:.4rem}
.port{display:inline-block;font:.8rem ui-monospace,Menlo,Consolas,monospace;border:1px solid var(--line);border-radius:4px;padding:0 .3rem;margin:.1rem}
.port.here{background:var(--link);color:var(--paper);border-color:var(--link)}
.controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.5rem 0}
.controls button,.controls select{font:inherit;font-size:.875rem;color:var(--ink);background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem}
.hops{font-size:.875rem;width:100%}
.hops th,.hops td{overflow-wrap:normal}
.hops td:last-child{overflow-wrap:anywhere}
.hops td:first-child{white-space:nowrap;text-align:right}
.says{display:inline-block;margin-right:.8rem}
.hop.decided{background:var(--box)}
.hop.good>td:last-child{color:var(--pass)}
.hop.bad>td:last-child{color:var(--fail)}
.hop.unsure>td:last-child{color:var(--broken)}
.hop.here{outline:2px solid var(--link);outline-offset:-2px}
@media (prefers-reduced-motion:no-preference){.port,.hop{transition:background-color .25s}}
.bold{font-weight:700}.dim{opacity:.75}.italic{font-style:italic}.underline{text-decoration:underline}.strike{text-decoration:line-through}
.inverse{filter:invert(1)}
.stderr{color:var(--fail)}
${ansi}
@media print{
:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--line:#999;--box:#fff;--pass:#116329;--fail:#b3261e;--broken:#7a4e00;--link:#000;
${variables(LIGHT, LIGHT_BRIGHT)}}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip,.controls{display:none}
.stage.walked{position:static}
.hop,.port.here{outline:none}.port.here{background:none;color:inherit;border-color:var(--line)}
.hops tr,.places{break-inside:avoid}
pre{white-space:pre-wrap;overflow:visible}
h1,h2,h3,h4{break-after:avoid}
.checks>li,.evidence{break-inside:avoid}
}
`.trim();
