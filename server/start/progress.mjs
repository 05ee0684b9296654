/** What a start consists of, in order; the server itself prints the last three. */
const STEPS = ['dependencies', 'build', 'database', 'migrations', 'demonstration data'];

/** Prints the step's line, runs the work and adds the seconds that it took. */
export async function step(name, work) {
  const started = performance.now();
  process.stdout.write(`[${STEPS.indexOf(name) + 1}/${STEPS.length}] ${name} … `);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
