import { liveThrough } from './live-through.ts';

liveThrough(376, 500);
