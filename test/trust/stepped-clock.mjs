/**
 * `node --import ./test/trust/stepped-clock.mjs …`: the system clock as an administrator or a time server might step it. The file that
 * CLOCK_FILE names holds how many milliseconds it is off, and may change at any time. Timers go on as they do on a real machine.
 */
import { readFileSync } from 'node:fs';

const Real = Date;
let off = 0;
const look = () => {
  off = Number(readFileSync(process.env.CLOCK_FILE, 'utf8')) || 0;
};
look();
setInterval(look, 20).unref();

class Stepped extends Real {
  constructor(...args) {
    if (args.length === 0) super(Real.now() + off);
    else super(...args);
  }
  static now() {
    return Real.now() + off;
  }
}
globalThis.Date = Stepped;
