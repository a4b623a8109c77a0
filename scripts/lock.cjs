'use strict';
/**
 * A lock file: of several processes that set up the same checkout, one works and the others wait.
 * Its owner touches it every second; one that has not been touched for ten, or whose owner is known to be dead, is stale.
 */
const fs = require('node:fs');

const STALE_MS = 10000;
const POLL_MS = 200;

/** A process id means something only in its own pid namespace (containers may share a checkout). */
function pidNamespace() {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return require('node:os').hostname();
  }
}

function isStale(file) {
  try {
    if (Date.now() - fs.statSync(file).mtimeMs > STALE_MS) return true;
    const owner = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (owner.namespace !== pidNamespace()) return false;
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    // ESRCH: no such process. Anything else (gone meanwhile, half written, another user's process) is not a proof.
    return error.code === 'ESRCH';
  }
}

/** Of several that find the same stale lock, the renaming lets only one remove it. */
function removeStale(file) {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    fs.unlinkSync(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

/** Resolves to a function that releases the lock. `onWait` is called once if somebody else has it. */
async function lock(file, onWait) {
  const mine = JSON.stringify({ pid: process.pid, namespace: pidNamespace() });
  for (let waited = false; ; waited = true) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isStale(file)) {
      removeStale(file);
      continue;
    }
    if (!waited) onWait();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const beat = setInterval(() => {
    try {
      fs.utimesSync(file, new Date(), new Date());
    } catch {
      // Taken away under us: nothing to keep fresh.
    }
  }, 1000);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.removeListener('exit', release);
    fs.rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

module.exports = { lock };
