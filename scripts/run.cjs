'use strict';
/**
 * `npm start` and `npm run wirebook`: sets up what is missing, then runs Wirebook, in this very process where its Node
 * is new enough.
 *
 *   node scripts/run.cjs start|wirebook [ARGUMENTS]     start: prepares the sandbox too
 */
const { spawn } = require('node:child_process');
const path = require('node:path');
const { ready, fail, newEnough, nodePath } = require('./ready.cjs');

const bin = path.join(__dirname, '..', 'bin', 'wirebook.js');
const args = process.argv.slice(3);

/** Only the embedded sandbox has a root file system, and help needs no sandbox. */
function wantsSandbox() {
  const has = (name) => args.some((word) => word === name || word.startsWith(`${name}=`));
  return process.argv[2] === 'start' && !['--help', '-h', '--version', '-V', '--sandbox'].some(has);
}

function run() {
  // npm starts scripts in the package's folder; paths that the user types are relative to his own.
  if (process.env.npm_lifecycle_event && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  if (newEnough(process.versions.node)) {
    process.argv.splice(1, 2, bin);
    return import('../bin/wirebook.js');
  }
  const child = spawn(nodePath(), [bin, ...args], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to the child as well; it decides what that means.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  child.on('error', fail);
  child.on('close', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

ready({ prepare: wantsSandbox() }).then(run).catch(fail);
