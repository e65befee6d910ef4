// A reporter for vitest: writes how many seconds each test file took, with loading it and opening and closing its shops.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './runtime.mjs';

export default class SecondsReporter {
  onTestRunEnd(modules) {
    const file = process.env.VITRINE_SECONDS_FILE;
    if (file) writeFileSync(file, JSON.stringify(modules.map(secondsOf)));
  }
}

function secondsOf(module) {
  const { collectDuration, setupDuration, environmentSetupDuration, duration } = module.diagnostic();
  const milliseconds = collectDuration + setupDuration + environmentSetupDuration + duration;
  return { file: relative(root, module.moduleId), seconds: milliseconds / 1_000 };
}
