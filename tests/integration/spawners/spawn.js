// usage: spawn.js one | many N: programs started by child_process, all at once when many.
const { execFile, spawn, spawnSync } = require('child_process');
const fs = require('fs');

// Everything a recipe can show: stdin and stdout are files, a directory, an environment, a session.
function one() {
  const child = spawn('/bin/cat', [], {
    stdio: [fs.openSync('in', 'r'), fs.openSync('out', 'w'), 'inherit'], cwd: '/', env: { A: 'b' }, detached: true });
  child.on('exit', code => process.exit(code));
}

async function many(times) {
  const run = number => new Promise(done => {
    const child = execFile('sh', ['-c', `cat; exit ${number % 7}`], (error, text) => done(`${text}${error ? error.code : 0}`));
    child.stdin.end(`number ${number}\n`);
  });
  console.log((await Promise.all([...Array(times).keys()].map(run))).join('\n'));
  console.log(String(spawnSync('no such program').error));
}

process.argv[2] === 'one' ? one() : many(Number(process.argv[3]));
