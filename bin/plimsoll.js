#!/usr/bin/env node
// Kept to what any Node can parse, so that an old one gets a sentence instead of a syntax error.
import * as modules from 'node:module';

var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    'plimsoll needs Node.js 24 or newer; this is ' +
      process.version +
      ' at ' +
      process.execPath +
      '.\n' +
      'plimsoll 需要 Node.js 24 或更新版本。\n',
  );
  process.exitCode = 2;
} else {
  modules.enableCompileCache();
  void import('../dist/main.js').then(function (program) {
    return program.main(process.argv.slice(2));
  });
}
