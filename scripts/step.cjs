'use strict';
/** One step of the set-up: a line on stderr that says what is done, then how long it took; or what the program said. */
const { spawn } = require('node:child_process');

class SetupError extends Error {}

/** npm prints its whole usage after some errors; what went wrong stands before it. */
function shorten(text) {
  const lines = text.split('\n');
  return lines.length <= 30
    ? text
    : [...lines.slice(0, 25), `... and ${lines.length - 25} lines more`].join('\n');
}

/**
 * Runs a program quietly. On a terminal its last line is shown beside the label while it works.
 * Throws SetupError with all it said when it fails.
 */
async function step(label, command, args, options) {
  const screen = process.stderr;
  const started = Date.now();
  screen.write(`${label} ...`);
  let said = '';
  const child = spawn(command, args, Object.assign({ stdio: ['ignore', 'pipe', 'pipe'] }, options));
  const listen = (chunk) => {
    said += chunk;
    if (!screen.isTTY) return;
    const last = said
      .trimEnd()
      .split(/[\r\n]/)
      .pop();
    const room = Math.max(0, (screen.columns || 80) - label.length - 6);
    screen.write(`\r\x1b[2K${label} ... ${last.slice(0, room)}`);
  };
  child.stdout.setEncoding('utf8').on('data', listen);
  child.stderr.setEncoding('utf8').on('data', listen);
  const stop = () => {
    child.kill('SIGTERM');
    screen.write('\n');
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal || code));
  });
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  if (screen.isTTY) screen.write(`\r\x1b[2K${label} ...`);
  if (status !== 0) {
    screen.write(' failed\n');
    const error = new SetupError(shorten(said.trim()) || `${command} ended with ${status}`);
    error.status = typeof status === 'number' ? status : 1;
    throw error;
  }
  screen.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

module.exports = { step, SetupError };
