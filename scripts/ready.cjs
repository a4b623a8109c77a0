'use strict';
/**
 * Sets up what the checkout needs before anything of Wirebook can run: the dependencies, the build, and the sandbox's
 * root file system. What is there already costs a few milliseconds. Plain CommonJS without dependencies: it runs
 * before there are any, on whatever Node the machine has.
 *
 *   node scripts/ready.cjs [--prepare]     --prepare: the sandbox too
 */
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { contentHash, sourceFingerprint } = require('./fingerprint.cjs');
const { lock } = require('./lock.cjs');
const { step, SetupError } = require('./step.cjs');

const root = path.join(__dirname, '..');
const modules = path.join(root, 'node_modules');
const at = (...parts) => path.join(root, ...parts);

/** The Node that Wirebook runs on: the one among the dependencies, or this one where that is not to be had. */
const NODE = at('node_modules', '.bin', 'node');
const LEAST = [22, 18];

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

function newEnough(version) {
  const own = version.replace(/^v/, '').split('.').map(Number);
  return own[0] > LEAST[0] || (own[0] === LEAST[0] && own[1] >= LEAST[1]);
}

function nodePath() {
  return fs.existsSync(NODE) ? NODE : process.execPath;
}

// --- dependencies

const INSTALLED = path.join(modules, '.wirebook-installed');

function lockHash() {
  return crypto
    .createHash('sha256')
    .update(fs.readFileSync(at('package-lock.json')))
    .digest('hex');
}

/**
 * The stamp is written when an installation came to its end. Without it (somebody ran npm by hand) npm's own account
 * of what is installed is compared with what should be; npm writes it last, so an interrupted run does not have it.
 */
function isInstalled() {
  const wanted = lockHash();
  if (readOr(INSTALLED, '') === wanted) return true;
  if (!installedByHand()) return false;
  try {
    fs.writeFileSync(INSTALLED, wanted);
  } catch {
    // Not ours to write: then it is compared again the next time.
  }
  return true;
}

function installedByHand() {
  const own = JSON.parse(readOr(at('package-lock.json'), '{}')).packages || {};
  const there = JSON.parse(readOr(path.join(modules, '.package-lock.json'), '{}')).packages;
  if (!there || !fs.existsSync(NODE)) return false;
  return Object.keys(own).every(
    (name) => name === '' || own[name].optional || (there[name] && there[name].version === own[name].version),
  );
}

async function install() {
  const npm = process.env.npm_execpath;
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const wanted = lockHash();
  if (npm && /\.c?js$/.test(npm))
    await step('Installing dependencies', process.execPath, [npm, ...words], { cwd: root });
  else await step('Installing dependencies', 'npm', words, { cwd: root });
  if (!fs.existsSync(NODE) && !newEnough(process.versions.node)) {
    throw new SetupError(
      `Wirebook needs Node.js ${LEAST.join('.')} or newer; this is ${process.versions.node}, and npm did not install ` +
        'the newer one among the dependencies (its package `node` has an install script: is ignore-scripts set?).',
    );
  }
  fs.writeFileSync(INSTALLED, wanted);
}

// --- build

const isBuilt = () =>
  readOr(at('dist', '.built'), '') === sourceFingerprint() && fs.existsSync(at('dist', 'cli.js'));
const build = () => step('Building Wirebook', nodePath(), [at('scripts', 'build.mjs')], { cwd: root });

// --- sandbox

/** The stamp lies in the cache beside what it stands for, so that both go when the cache is emptied. */
function preparedStamp() {
  const given = process.env.XDG_CACHE_HOME || '';
  const cache = path.isAbsolute(given) ? given : path.join(os.homedir(), '.cache');
  return path.join(cache, 'wirebook', `prepared-${contentHash('sandbox').slice(0, 16)}`);
}

async function prepare() {
  const stamp = preparedStamp();
  if (fs.existsSync(stamp)) return;
  await step('Preparing the sandbox', nodePath(), [at('bin', 'wirebook.js'), 'sandbox', 'prepare'], {
    cwd: root,
  });
  try {
    fs.mkdirSync(path.dirname(stamp), { recursive: true });
    fs.writeFileSync(stamp, '');
  } catch {
    // No cache to write to: it is asked again the next time.
  }
}

// --- all together

async function ready(options) {
  if (!isInstalled() || !isBuilt()) await mend();
  if (options?.prepare) await prepare();
}

/** One at a time: others that start meanwhile wait here, and then find the work done. */
async function mend() {
  const installed = isInstalled();
  for (const folder of installed ? [root] : [root, modules]) {
    if (fs.existsSync(folder) && !writable(folder)) throw new SetupError(notWritable(folder, installed));
  }
  const release = await lock(at('.setup-lock'), () =>
    process.stderr.write('Another Wirebook is setting up this checkout; waiting for it.\n'),
  );
  try {
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
  } finally {
    release();
  }
}

function writable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function notWritable(folder, installed) {
  const what = installed
    ? 'The build is older than its sources'
    : 'The dependencies are missing or out of date';
  return (
    `${what}, and ${folder} cannot be written by you.\n` +
    `Run \`npm run setup\` there as its owner (user id ${fs.statSync(folder).uid}), or work in a clone of your own.`
  );
}

/** Prints a fault of the set-up as its words and exits; anything else is a bug and keeps its stack. */
function fail(error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.status || 2);
}

module.exports = { ready, fail, nodePath, newEnough };

if (require.main === module) ready({ prepare: process.argv.includes('--prepare') }).catch(fail);
