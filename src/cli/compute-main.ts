import { compute, schemeCheck } from './compute.ts';

/** A direct way in to `compute` and `scheme check`, without the rest of the command line. */
const [command, ...args] = process.argv.slice(2);
const io = { out: (text: string) => console.log(text), err: (line: string) => console.error(line) };
process.exitCode =
  command === 'scheme' && args[0] === 'check'
    ? schemeCheck(args.slice(1), io)
    : compute(command === 'compute' ? args : process.argv.slice(2), io);
