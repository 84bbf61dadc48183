import { liveThrough } from './live-through.ts';

liveThrough(251, 375);
