/**
 * `node --import ./test/trust/stepped-clock.mjs …`: the system clock as an administrator or a time server might step it. The file that
 * CLOCK_FILE names holds how many milliseconds it is off, and may change at any time. Timers go on as they do on a real machine.
 */
import { readFileSync } from 'node:fs';

const Real = Date;
let off = 0;
let looked = Number.NEGATIVE_INFINITY;
/** Looks whenever it is asked for the time, once a millisecond at most. */
const now = () => {
  if (performance.now() - looked > 1) {
    off = Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
    looked = performance.now();
  }
  return Real.now() + off;
};

class Stepped extends Real {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }
  static now() {
    return now();
  }
}
globalThis.Date = Stepped;
