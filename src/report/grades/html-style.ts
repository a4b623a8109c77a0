/** The page's own style sheet: light and dark by the reader's choice, and paper. Nothing is loaded from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--box:#f6f8fa;--pass:#116329;--lost:#b3261e;--follow:#6639ba;--broken:#7a4e00;--passbg:#dafbe1;--lostbg:#ffebe9;--followbg:#f3ebff;--brokenbg:#fff3cd;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9aa4af;--line:#3d444d;--box:#161b22;--pass:#56d364;--lost:#ff8f87;--follow:#d2a8ff;--broken:#e3b341;--passbg:#0f2d1a;--lostbg:#3c1618;--followbg:#2a1f3d;--brokenbg:#3a2d0a;--link:#79c0ff}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main>section{max-width:78rem;margin:0 auto 2rem}
h1{margin:0 0 .2rem;line-height:1.2}
h2{border-bottom:1px solid var(--line);padding-bottom:.2rem;font-size:1.25rem}
h3{font-size:1rem;margin:0;display:inline}
a{color:var(--link)}
.soft{color:var(--soft);font-weight:400}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
.figures{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0 0;padding:0;list-style:none}
.figures li{border:1px solid var(--line);border-radius:6px;padding:.4rem .8rem;min-width:7rem}
.figures b{display:block;font-size:1.4rem;line-height:1.2;font-variant-numeric:tabular-nums}
.notice{border-left:.25rem solid var(--broken);padding:.3rem .8rem;margin:.5rem 0;background:var(--box)}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px;max-height:80vh}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:separate;border-spacing:0;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:middle;white-space:nowrap}
.grid thead th{position:sticky;top:0;background:var(--box);z-index:1;vertical-align:bottom;font-weight:600}
.grid thead th.check{min-width:4.5rem;max-width:7rem;white-space:normal;overflow-wrap:break-word;font-weight:400}
.grid tbody th{position:sticky;left:0;background:var(--paper);z-index:1;font-weight:600;min-width:8rem;max-width:14rem;white-space:normal;overflow-wrap:anywhere;border-right:1px solid var(--line)}
.grid thead tr:first-child th:first-child{left:0;z-index:3;border-right:1px solid var(--line)}
.grid thead tr.checks th{top:2.1rem}
.grid thead tr:first-child th{z-index:2}
.grid th{overflow-wrap:normal}
.grid td{text-align:center}
.grid td.score{text-align:right;font-weight:600}
.earned{color:var(--pass);background:var(--passbg)}
.lost{color:var(--lost);background:var(--lostbg)}
.followed{color:var(--follow);background:var(--followbg)}
.unseen{color:var(--broken);background:var(--brokenbg)}
td.wide{text-align:left;color:var(--broken);white-space:normal}
.bar{display:inline-block;height:.7rem;border-radius:2px;background:var(--lost);vertical-align:middle;min-width:2px}
.rest{background:var(--box);border:1px solid var(--line);border-radius:3px;width:14rem;line-height:.7rem}
.hard{width:100%}
.hard td,.hard th{white-space:normal}
details{border:1px solid var(--line);border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}
summary{cursor:pointer}
summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.3rem 0 .8rem}
dt{color:var(--soft)}
dd{margin:0}
.item{margin:.6rem 0;padding-left:.6rem;border-left:.25rem solid var(--line)}
.item.lost,.item.followed,.item.unseen{background:none;color:inherit}
.item.lost{border-left-color:var(--lost)}.item.followed{border-left-color:var(--follow)}.item.unseen{border-left-color:var(--broken)}
.tag{font-size:.75rem;border:1px solid var(--line);border-radius:9px;padding:0 .5em;color:var(--soft)}
.key span{padding:0 .4em;border-radius:3px}
pre{overflow-x:auto;margin:.3rem 0 .9rem;padding:.4rem .7rem;background:var(--box);border:1px solid var(--line);border-radius:4px}
pre:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85em}
@media print{body{padding:0;font-size:9pt}.scroll{max-height:none;overflow:visible;border:0}.grid thead th,.grid tbody th{position:static}details{break-inside:avoid}}
`.trim();
