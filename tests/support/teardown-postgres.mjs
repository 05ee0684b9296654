export default function teardown() {
  globalThis.stopPostgresCluster?.();
}
