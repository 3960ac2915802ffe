#!/usr/bin/env node
// Kept to what any Node can parse, so that an old one gets a sentence instead of a syntax error.
import * as modules from 'node:module';
import v8 from 'node:v8';

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
  compileAtOnce(process.argv[2]);
  modules.enableCompileCache();
  void import('../dist/main.js').then(function (program) {
    return program.main(process.argv.slice(2)).then(leave);
  });
}

// Node takes 20 ms to put away what an audit has loaded and read. What is still on its way out is waited for.
function leave() {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}

// An audit, a scan or a check runs nearly all of its code once. Compiled function by function, on first call, it never gets into
// the compile cache, which takes what is compiled when a module is loaded. The modules of Node that it needs are fetched
// before: their own cache does not fit this flag. See docs/architecture.md, "Start-up".
function compileAtOnce(verb) {
  var needed;
  if (verb === 'audit' || verb === 'fix')
    needed = ['node:http', 'node:crypto', 'node:child_process', 'node:os', 'node:timers/promises'];
  else if (verb === 'scan')
    needed = [
      'node:http',
      'node:crypto',
      'node:os',
      'node:sqlite',
      'node:zlib',
      'node:child_process',
      'node:timers/promises',
    ];
  else if (verb === 'check') needed = ['node:net'];
  else if (verb === 'feeds') needed = ['node:crypto', 'node:sqlite', 'node:zlib'];
  else return;
  needed.forEach(function (name) {
    process.getBuiltinModule(name);
  });
  v8.setFlagsFromString('--no-lazy');
  // Room for garbage grows with what is read unless it is told not to: that is half of the memory for a tenth of the time.
  if (verb === 'check' || verb === 'scan' || verb === 'feeds') v8.setFlagsFromString('--semi-space-growth-factor=1');
}
