// A thread does not inherit what makes the runtime read TypeScript: it is registered here first. The built program has its own of this name.
import { register } from 'tsx/esm/api';

register();
await import('./drafting-thread.ts');
