'use strict';
/** What a build was made from, in one line: changes when any source is written, added or taken away. */
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const SOURCES = [
  'src',
  'scripts/build.mjs',
  'scripts/builtins.mjs',
  'scripts/bundle.mjs',
  'scripts/phases.mjs',
  'package.json',
  'package-lock.json',
];

function walk(file, visit) {
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return visit(file, stat);
  for (const name of fs.readdirSync(file).sort()) walk(path.join(file, name), visit);
}

/** By name, size and time of change: quick enough for every start. */
function sourceFingerprint() {
  const hash = crypto.createHash('sha256');
  for (const source of SOURCES) {
    walk(path.join(root, source), (file, stat) =>
      hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`),
    );
  }
  return hash.digest('hex');
}

/** By content: the same in every checkout. */
function contentHash(folder) {
  const hash = crypto.createHash('sha256');
  const start = path.join(root, folder);
  if (fs.existsSync(start)) {
    walk(start, (file) => hash.update(`${path.relative(root, file)}\n`).update(fs.readFileSync(file)));
  }
  return hash.digest('hex');
}

module.exports = { sourceFingerprint, contentHash };
