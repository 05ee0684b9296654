import { startPostgresCluster } from './postgres-cluster.mjs';

/** Before the suites on PostgreSQL: a private cluster, unless TEST_PG_URL names one. Workers inherit the address. */
export default async function setup() {
  if (process.env.TEST_PG_URL) return;
  const { url, stop } = await startPostgresCluster();
  process.env.TEST_PG_URL = url;
  globalThis.stopPostgresCluster = stop;
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stop();
      process.kill(process.pid, signal);
    });
  }
}
