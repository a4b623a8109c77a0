#!/usr/bin/env node
/*
 * The start of the command. Written in old syntax, without import or require statements, so that any Node reads it as
 * far as the sentence below, whether it takes the file for CommonJS or for a module.
 */
(() => {
  var least = [22, 18];
  var own = process.versions.node.split('.').map(Number);
  if (own[0] < least[0] || (own[0] === least[0] && own[1] < least[1])) {
    process.stderr.write(
      'Wirebook needs Node.js ' +
        least.join('.') +
        ' or newer; this is ' +
        process.versions.node +
        ' (' +
        process.execPath +
        ').\nIn a checkout, npm run -s wirebook -- ARGUMENTS brings its own.\n',
    );
    process.exit(2);
  }
  var fs = process.getBuiltinModule('node:fs');
  // Node.js makes folders too, but never ends where one is there and nothing can be made in it (/proc).
  var isMade = (folder) => {
    var above = folder.slice(0, folder.lastIndexOf('/'));
    if (fs.existsSync(folder)) return true;
    if (!above || !isMade(above)) return false;
    try {
      fs.mkdirSync(folder);
    } catch (_error) {
      // Another one that starts now may have made it.
    }
    return fs.existsSync(folder);
  };
  var env = process.env;
  var cache = /^\//.test(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : env.HOME ? env.HOME + '/.cache' : '';
  // Keeps the compiled code between starts. Not in the shared temporary folder: another user could put code there.
  if (cache && isMade(cache + '/wirebook/compiled'))
    process.getBuiltinModule('node:module').enableCompileCache(cache + '/wirebook/compiled');
  import('../dist/cli.js').catch((error) => {
    if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist\/cli\.js/.test(error.message)) {
      process.stderr.write('Wirebook is not built here yet. In its checkout: npm run build\n');
      process.exit(2);
    }
    throw error;
  });
})();
