import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const OLDEST_MAJOR = 15;
const READY_MS = 60_000;

/** The newest PostgreSQL (15 or later) of this machine that has PostGIS; null when there is none. */
export function findPostgresBinaries() {
  return candidateFolders().find(hasPostgis) ?? null;
}

function candidateFolders() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const packaged = versions
    .filter((version) => Number(version) >= OLDEST_MAJOR)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(debian, version, 'bin'));
  const onPath = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
  return [...packaged, ...(onPath ? [onPath] : [])].filter((folder) =>
    existsSync(path.join(folder, 'initdb')),
  );
}

function hasPostgis(folder) {
  const config = path.join(folder, 'pg_config');
  const shared = existsSync(config)
    ? spawnSync(config, ['--sharedir'], { encoding: 'utf8' }).stdout.trim()
    : path.join('/usr/share/postgresql', path.basename(path.dirname(folder)));
  return existsSync(path.join(shared, 'extension/postgis.control'));
}

/**
 * Starts a private cluster: temporary folder, free loopback port, password known to this process only. Returns its
 * address and a `stop` that may be called from an exit handler.
 */
export async function startPostgresCluster() {
  const binaries = findPostgresBinaries();
  if (binaries === null) throw new Error('PostgreSQL 15 or newer with PostGIS was not found');
  const user = serverUser();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'risk-map-pg-'));
  const password = randomBytes(12).toString('hex');
  writeFileSync(path.join(folder, 'password'), password, { mode: 0o600 });
  if (user !== null) {
    chownSync(folder, user.uid, user.gid);
    chownSync(path.join(folder, 'password'), user.uid, user.gid);
  }
  const options = { cwd: folder, ...user };
  try {
    initialise(binaries, folder, options);
    const port = await freePort();
    const server = spawn(path.join(binaries, 'postgres'), serverArguments(folder, port), {
      ...options,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const stop = () => stopCluster(server, folder);
    await untilReady(server, port, stop);
    return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root: then it runs as the system's user for it. */
function serverUser() {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = [idOfServerUser('-u'), idOfServerUser('-g')];
  if (Number.isNaN(uid)) throw new Error('The system has no user "postgres" to run PostgreSQL as');
  return { uid, gid };
}

function idOfServerUser(flag) {
  return Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10);
}

function initialise(binaries, folder, options) {
  const login = [
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    path.join(folder, 'password'),
  ];
  const cluster = ['-D', path.join(folder, 'data'), '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  const made = spawnSync(path.join(binaries, 'initdb'), [...login, ...cluster], {
    ...options,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

/** Durability is switched off: the cluster lives as long as one test run. */
function serverArguments(folder, port) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '256MB',
    max_connections: 200,
    max_wal_size: '4GB',
    log_min_messages: 'panic',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', path.join(folder, 'data'), ...flags];
}

/** SIGQUIT ends every backend at once; nothing in the folder is kept. */
function stopCluster(server, folder) {
  if (server.exitCode === null && server.signalCode === null) server.kill('SIGQUIT');
  const deadline = Date.now() + 5000;
  while (isRunning(server.pid) && Date.now() < deadline) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** A child that ended stays a zombie until the event loop runs, which an exit handler does not allow. */
function isRunning(pid) {
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], {
    encoding: 'utf8',
  }).stdout?.trim();
  return state !== undefined && state !== '' && !state.startsWith('Z');
}

async function untilReady(server, port, stop) {
  const deadline = Date.now() + READY_MS;
  while (!(await accepts(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      stop();
      throw new Error('The private PostgreSQL cluster did not start');
    }
    await sleep(100);
  }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
