import { liveThrough } from './live-through.ts';

liveThrough(126, 250);
