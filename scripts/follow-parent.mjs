// Loaded into every process that the launcher starts: when the launcher is gone, even by kill -9, so are they.
const PATIENCE_MS = 5_000;

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
